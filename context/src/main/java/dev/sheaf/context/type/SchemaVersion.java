package dev.sheaf.context.type;

import dev.sheaf.context.schema.SchemaValidator;
import dev.sheaf.context.translate.Translation;

import tools.jackson.databind.JsonNode;

/// One version of a type's schema.
///
/// @param version `major.minor`
/// @param schema as declared; not to be changed
/// @param up from the version before this one; nothing for the first
/// @param down back to the version before
public record SchemaVersion(
        String version,
        JsonNode schema,
        SchemaValidator validator,
        Translation up,
        Translation down) {}
