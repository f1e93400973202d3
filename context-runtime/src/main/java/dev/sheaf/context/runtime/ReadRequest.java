package dev.sheaf.context.runtime;

import java.time.Duration;
import java.util.Optional;

/// A read and how fresh it has to be.
///
/// @param maxStaleness else the type's class decides
/// @param token from an earlier write or read in any region: at least that must be in the answer
/// @param patience how long to wait for what is missing
/// @param schemaVersion in which to show the document, else the type's newest
/// @param waits told once when the answer has to be waited for, by the thread that owns the
///   document's shard: it must neither block nor throw
public record ReadRequest(
        DocumentKey key,
        Optional<Duration> maxStaleness,
        Optional<String> token,
        Duration patience,
        Optional<String> schemaVersion,
        Runnable waits) {
    /// Nobody is told of waiting.
    public ReadRequest(
            DocumentKey key,
            Optional<Duration> maxStaleness,
            Optional<String> token,
            Duration patience,
            Optional<String> schemaVersion) {
        this(key, maxStaleness, token, patience, schemaVersion, () -> {});
    }
}
