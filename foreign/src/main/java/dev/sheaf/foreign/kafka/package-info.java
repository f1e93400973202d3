/// Programs of Kafka's stock clients with Confluent's own serialisers, which are started as
/// processes of their own. They know nothing of Sheaf but the registry's address and a token.
@NullMarked
package dev.sheaf.foreign.kafka;

import org.jspecify.annotations.NullMarked;
