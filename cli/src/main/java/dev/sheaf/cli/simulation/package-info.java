/// The command that runs the simulator of context regions. It knows nothing of a node.
@NullMarked
package dev.sheaf.cli.simulation;

import org.jspecify.annotations.NullMarked;
