/// Tests of the package of the same name.
@NullMarked
package dev.sheaf.cli.profile;

import org.jspecify.annotations.NullMarked;
