package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Optional;

/// A document as it is after a change.
///
/// @param position where to resume
/// @param value empty when the document is gone
/// @param origin the region that wrote
public record ContextChange(
        String position,
        String type,
        String id,
        Optional<JsonNode> value,
        String version,
        String eventId,
        String origin,
        Instant at) {}
