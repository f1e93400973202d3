/// Processes that a peer's program consists of: started, spoken to by lines, ended.
@NullMarked
package dev.sheaf.bench.peers.child;

import org.jspecify.annotations.NullMarked;
