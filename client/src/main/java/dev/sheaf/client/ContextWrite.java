package dev.sheaf.client;

import java.util.Optional;

/// What surrounds a write. An event id makes it safe to repeat; without one the node makes one, and
/// nothing is repeated.
///
/// @param priority a lane's name
/// @param ttl seconds, or as in `1h`
/// @param ifMatch only over this version
/// @param ifAbsent only where there is no document
public record ContextWrite(
        Optional<String> eventId,
        Optional<String> schemaVersion,
        Optional<String> priority,
        Optional<String> ttl,
        Optional<String> compactionKey,
        Optional<String> ifMatch,
        boolean ifAbsent) {
    public static final ContextWrite DEFAULT =
            new ContextWrite(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);
}
