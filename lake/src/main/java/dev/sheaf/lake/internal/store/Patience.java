package dev.sheaf.lake.internal.store;

import java.time.Duration;

/// How long a call into a cloud may take: long enough for a busy store, short enough that one which
/// is away is reported within seconds.
final class Patience {
    static final Duration CONNECT = Duration.ofSeconds(3);
    static final Duration READ = Duration.ofSeconds(20);

    /// Tries in all, the first one included.
    static final int TRIES = 3;

    /// For everything that belongs to one small request, retries included.
    static final Duration REQUEST = Duration.ofSeconds(60);

    private Patience() {}
}
