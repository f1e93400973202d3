/// Schemas of messages: Avro, JSON Schema and Protobuf are read strictly, written in one form, and
/// compared by the levels of compatibility that registries have; contracts get schemas. Keeps
/// nothing, gives no ids, knows no regions. Pure.
@NullMarked
package dev.sheaf.schemas;

import org.jspecify.annotations.NullMarked;
