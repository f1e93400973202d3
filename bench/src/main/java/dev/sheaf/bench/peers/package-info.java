/// Starts the peers that Sheaf's context engine is measured against: each is a process of its own
/// that prints its results as lines of JSON. The peers themselves are in `bench-peers` (JVM) and
/// `bench/node-peers` (Node.js); none of their libraries is on this class path.
@NullMarked
package dev.sheaf.bench.peers;

import org.jspecify.annotations.NullMarked;
