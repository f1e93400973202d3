package dev.sheaf.client;

import java.util.Optional;

/// One part of a [HealthReport].
///
/// @param message what is wrong, for people
public record HealthCheck(
        String name, HealthStatus status, Optional<String> message, long millis) {}
