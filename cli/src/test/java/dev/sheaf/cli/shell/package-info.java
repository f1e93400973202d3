/// Tests of the package of the same name.
@NullMarked
package dev.sheaf.cli.shell;

import org.jspecify.annotations.NullMarked;
