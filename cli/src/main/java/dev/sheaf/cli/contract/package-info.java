/// `sheaf contract …`: contracts checked, compared, exported and drafted, without a node.
///
/// What a contract means is decided in `dev.sheaf.contract`; here are files, options and output.
@NullMarked
package dev.sheaf.cli.contract;

import org.jspecify.annotations.NullMarked;
