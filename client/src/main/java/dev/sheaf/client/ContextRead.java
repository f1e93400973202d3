package dev.sheaf.client;

import java.util.Optional;

/// How fresh a read has to be, and in which form. Durations are written as in `100ms` or `2s`.
///
/// @param maxStaleness the type's class when empty
/// @param patience how long to wait for what is missing; the node's default when empty
/// @param token of an earlier write or read, in any region
/// @param schemaVersion the newest when empty
/// @param redirect whether to be sent to a region that is fresh enough
public record ContextRead(
        Optional<String> maxStaleness,
        Optional<String> patience,
        Optional<String> token,
        Optional<String> schemaVersion,
        boolean redirect) {
    public static final ContextRead DEFAULT =
            new ContextRead(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
}
