/// The schema registry: Confluent's REST interface over documents of the mesh. Subjects have a home
/// region, which decides about them; all others read local copies. Does not parse or compare
/// schemas itself (`dev.sheaf.schemas` does), moves no messages, knows no Kafka.
@NullMarked
package dev.sheaf.node.schemas;

import org.jspecify.annotations.NullMarked;
