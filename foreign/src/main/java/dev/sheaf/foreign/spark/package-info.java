/// A Spark job whose lineage a node is told.
@NullMarked
package dev.sheaf.foreign.spark;

import org.jspecify.annotations.NullMarked;
