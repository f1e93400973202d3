/// Tests of policies at a node.
@NullMarked
package dev.sheaf.node.governance;

import org.jspecify.annotations.NullMarked;
