package dev.sheaf.context.runtime;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The answer to a read that could be answered within its bounds.
public sealed interface Read {
    Freshness freshness();

    /// What the answer contains; hand it to any region to see at least this.
    String token();

    /// @param value in the schema version asked for
    /// @param version changes whenever the document does; the same in all regions that have seen
    ///   the same events
    /// @param redacted pointers of fields that exist and that this region may not see
    /// @param conflicts how many places have concurrent values now
    /// @param expiresAt when the document's time to live ends
    record Found(
            JsonNode value,
            String schemaVersion,
            String version,
            List<String> redacted,
            int conflicts,
            Optional<Instant> expiresAt,
            Freshness freshness,
            String token)
            implements Read {}

    /// There is none here, and none elsewhere that is older than the freshness says.
    record Absent(Freshness freshness, String token) implements Read {}
}
