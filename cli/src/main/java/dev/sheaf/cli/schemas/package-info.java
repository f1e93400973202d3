/// `sheaf schemas`: the schema registry from the command line. Reads and writes no messages.
@NullMarked
package dev.sheaf.cli.schemas;

import org.jspecify.annotations.NullMarked;
