/// Tests of the package of the same name.
@NullMarked
package dev.sheaf.cli.query;

import org.jspecify.annotations.NullMarked;
