/// Tests of `sheaf contract …`.
@NullMarked
package dev.sheaf.cli.contract;

import org.jspecify.annotations.NullMarked;
