package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A document and what the node said of it.
///
/// @param version changes whenever the document does
/// @param token what the answer contains; hand it to any region to see at least this
/// @param stalenessMs how old the answer can be at most; empty when a region was never heard of
/// @param conflicts how many places have concurrent values now
/// @param redacted pointers of fields that the region may not see
/// @param masked pointers of fields that the caller does not see as they are; `*` stands for any
///   member or element
public record ContextDocument(
        JsonNode value,
        String schemaVersion,
        String version,
        String token,
        OptionalLong stalenessMs,
        int conflicts,
        List<String> redacted,
        List<String> masked,
        Optional<Instant> expiresAt) {
    public ContextDocument {
        redacted = List.copyOf(redacted);
        masked = List.copyOf(masked);
    }
}
