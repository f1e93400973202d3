package dev.sheaf.context.runtime;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A conflict as this node merged it.
///
/// @param position in the node's conflict stream; replay from there
/// @param kind a name of `spec/context.md` section 3.1
/// @param pointer the place, a JSON pointer
/// @param resolver who decided
/// @param escalated the queue that it was put on, if any
/// @param shown what the place shows
public record ConflictEntry(
        String position,
        Instant metAt,
        DocumentKey key,
        String kind,
        String pointer,
        String resolver,
        Optional<String> escalated,
        List<Version> versions,
        Optional<JsonNode> shown) {
    /// One of the writes that met.
    public record Version(
            String region, String dot, Optional<Instant> at, Optional<JsonNode> value) {}
}
