/// Lineage at a node: takes OpenLineage events, keeps them, adds them up together with what
/// publishes, queries and models say, tells other regions what follows from them, and answers what
/// is made from what, for each caller as far as they may know. What events mean is said by
/// `dev.sheaf.lineage`.
@NullMarked
package dev.sheaf.node.lineage;

import org.jspecify.annotations.NullMarked;
