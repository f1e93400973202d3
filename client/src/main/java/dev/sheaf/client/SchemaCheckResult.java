package dev.sheaf.client;

import java.util.List;

/// Whether a schema could follow.
///
/// @param messages who could not read what; empty when it could
public record SchemaCheckResult(boolean isCompatible, List<String> messages) {
    public SchemaCheckResult {
        messages = List.copyOf(messages);
    }
}
