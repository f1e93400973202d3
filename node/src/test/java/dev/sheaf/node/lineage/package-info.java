/// Tests of how lineage events are kept.
@NullMarked
package dev.sheaf.node.lineage;

import org.jspecify.annotations.NullMarked;
