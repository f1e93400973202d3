/// Apache Pekko Distributed Data as a peer: three processes on loopback that keep 10,000 keys.
@NullMarked
package dev.sheaf.bench.peers.pekko;

import org.jspecify.annotations.NullMarked;
