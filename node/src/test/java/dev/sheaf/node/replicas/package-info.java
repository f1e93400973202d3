/// Tests of copies between regions, with the other region in the same process.
@NullMarked
package dev.sheaf.node.replicas;

import org.jspecify.annotations.NullMarked;
