/// How the command line looks: streams, colours, tables, progress.
///
/// Knows nothing of nodes or products. What it prints is safe to print: control characters in data
/// are shown, never sent.
@NullMarked
package dev.sheaf.cli.terminal;

import org.jspecify.annotations.NullMarked;
