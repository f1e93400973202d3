package dev.sheaf.client;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

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
        Instant at) {
    /// A value that is null is there; one that is missing is not.
    @JsonCreator
    static ContextChange read(
            @JsonProperty("position") String position,
            @JsonProperty("type") String type,
            @JsonProperty("id") String id,
            @JsonProperty("value") @Nullable JsonNode value,
            @JsonProperty("version") String version,
            @JsonProperty("eventId") String eventId,
            @JsonProperty("origin") String origin,
            @JsonProperty("at") Instant at) {
        return new ContextChange(
                position, type, id, Optional.ofNullable(value), version, eventId, origin, at);
    }
}
