/// Policy at the doors of a node: questions about products and documents, made of what the node
/// knows, and what their answers mean for each door.
///
/// Decides nothing itself; see [dev.sheaf.governance.decision.Decider].
@NullMarked
package dev.sheaf.node.governance;

import org.jspecify.annotations.NullMarked;
