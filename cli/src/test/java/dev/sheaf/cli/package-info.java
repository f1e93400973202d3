/// The command line against a node of paper, and its reference.
@NullMarked
package dev.sheaf.cli;

import org.jspecify.annotations.NullMarked;
