package dev.sheaf.client;

import java.time.Instant;

/// Which node this is.
public record NodeInfo(
        String region,
        String version,
        Instant startedAt,
        long uptimeSeconds,
        long dataDirectoryFreeBytes,
        CallerInfo caller) {}
