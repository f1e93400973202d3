/// The launcher script, run by bash against made-up JDK folders.
@NullMarked
package dev.sheaf.cli.launcher;

import org.jspecify.annotations.NullMarked;
