package dev.sheaf.client;

import java.util.List;

/// A schema to be registered, looked up or checked.
///
/// @param schemaType AVRO, JSON or PROTOBUF
public record SchemaRegistration(
        String schema, String schemaType, List<SchemaReferenceInfo> references) {
    public SchemaRegistration {
        references = List.copyOf(references);
    }
}
