/// A region's node: the one place where the rooms are wired together, and the program that runs
/// them.
///
/// It holds no knowledge of contracts, tables or SQL; it brings those that do together.
@NullMarked
package dev.sheaf.node;

import org.jspecify.annotations.NullMarked;
