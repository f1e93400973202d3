/// A node on this machine: `up`, `down`, `status`, and `token`.
///
/// A node is a process of its own, started from the same installation. Which process that is, its
/// data directory says.
@NullMarked
package dev.sheaf.cli.local;

import org.jspecify.annotations.NullMarked;
