package dev.sheaf.context.patch;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// One operation as a client writes it.
///
/// @param path a JSON pointer (RFC 6901)
/// @param from for move and copy, else empty
/// @param value for add, replace, test, increment and append, else empty; JSON null is a value
public record PatchOperation(
        Kind kind, String path, Optional<String> from, Optional<JsonNode> value) {

    /// What to do; written in any letter case.
    public enum Kind {
        ADD,
        REMOVE,
        REPLACE,
        MOVE,
        COPY,
        TEST,
        INCREMENT,
        APPEND
    }
}
