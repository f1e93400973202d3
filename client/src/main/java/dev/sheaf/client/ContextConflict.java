package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Concurrent writes of one place, as a node merged them.
///
/// @param position in the node's conflict stream
/// @param kind a name of `spec/context.md`, section 3.1
/// @param pointer the place, a JSON pointer
/// @param resolver who decided
/// @param escalated the queue that it was put on
/// @param shown what the place shows
public record ContextConflict(
        String position,
        Instant metAt,
        String type,
        String id,
        String kind,
        String pointer,
        String resolver,
        Optional<String> escalated,
        List<Version> versions,
        Optional<JsonNode> shown) {
    public ContextConflict {
        versions = List.copyOf(versions);
    }

    /// One of the writes that met.
    public record Version(
            String region, String dot, Optional<Instant> at, Optional<JsonNode> value) {}
}
