package dev.sheaf.client;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

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

    /// A value that is null is there; one that is missing is not.
    @JsonCreator
    static ContextConflict read(
            @JsonProperty("position") String position,
            @JsonProperty("metAt") Instant metAt,
            @JsonProperty("type") String type,
            @JsonProperty("id") String id,
            @JsonProperty("kind") String kind,
            @JsonProperty("pointer") String pointer,
            @JsonProperty("resolver") String resolver,
            @JsonProperty("escalated") Optional<String> escalated,
            @JsonProperty("versions") List<Version> versions,
            @JsonProperty("shown") @Nullable JsonNode shown) {
        return new ContextConflict(
                position,
                metAt,
                type,
                id,
                kind,
                pointer,
                resolver,
                escalated,
                versions,
                Optional.ofNullable(shown));
    }

    /// One of the writes that met.
    public record Version(
            String region, String dot, Optional<Instant> at, Optional<JsonNode> value) {
        @JsonCreator
        static Version read(
                @JsonProperty("region") String region,
                @JsonProperty("dot") String dot,
                @JsonProperty("at") Optional<Instant> at,
                @JsonProperty("value") @Nullable JsonNode value) {
            return new Version(region, dot, at, Optional.ofNullable(value));
        }
    }
}
