/// Tests of the package of the same name.
@NullMarked
package dev.sheaf.cli.terminal;

import org.jspecify.annotations.NullMarked;
