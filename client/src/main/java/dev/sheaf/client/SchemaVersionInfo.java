package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// A version of a subject.
///
/// @param version from 1
/// @param id of its schema in the whole mesh
/// @param schemaType absent for AVRO
public record SchemaVersionInfo(
        String subject,
        int version,
        int id,
        Optional<String> schemaType,
        List<SchemaReferenceInfo> references,
        String schema) {
    public SchemaVersionInfo {
        references = List.copyOf(references);
    }

    /// AVRO, JSON or PROTOBUF.
    public String language() {
        return schemaType.orElse("AVRO");
    }
}
