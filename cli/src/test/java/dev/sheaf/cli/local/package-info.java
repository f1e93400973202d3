/// Tests of the package of the same name.
@NullMarked
package dev.sheaf.cli.local;

import org.jspecify.annotations.NullMarked;
