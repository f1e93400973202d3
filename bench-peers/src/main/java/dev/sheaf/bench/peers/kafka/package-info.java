/// Apache Kafka with MirrorMaker 2 as a peer: two brokers and the mirror, each a process.
@NullMarked
package dev.sheaf.bench.peers.kafka;

import org.jspecify.annotations.NullMarked;
