/// Tests of the node's audit log and of the keys of those it tells about.
@NullMarked
package dev.sheaf.node.audit;

import org.jspecify.annotations.NullMarked;
