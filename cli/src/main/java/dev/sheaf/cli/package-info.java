/// The command line: one class per command, over the node's public API.
///
/// Here are the start, the list of commands and how failures end; what commands share is in
/// `command`, how they look in `terminal`. It holds no logic of products or queries: those are
/// asked of the node.
@NullMarked
package dev.sheaf.cli;

import org.jspecify.annotations.NullMarked;
