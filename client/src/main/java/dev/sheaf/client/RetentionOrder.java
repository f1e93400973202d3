package dev.sheaf.client;

import java.util.Optional;

/// Asks for a retention run.
///
/// @param dryRun only looks
/// @param acceptClock runs although the node's clock has jumped since the last run
public record RetentionOrder(Optional<Boolean> dryRun, Optional<Boolean> acceptClock) {}
