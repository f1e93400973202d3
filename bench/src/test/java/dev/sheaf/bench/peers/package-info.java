/// Runs of peers: answers before times, and nothing left running.
@NullMarked
package dev.sheaf.bench.peers;

import org.jspecify.annotations.NullMarked;
