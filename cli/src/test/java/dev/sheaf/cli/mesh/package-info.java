/// Tests of the package of the same name.
@NullMarked
package dev.sheaf.cli.mesh;

import org.jspecify.annotations.NullMarked;
