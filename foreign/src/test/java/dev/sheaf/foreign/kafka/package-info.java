/// Kafka's stock clients with a broker and the schema registry.
@NullMarked
package dev.sheaf.foreign.kafka;

import org.jspecify.annotations.NullMarked;
