package dev.sheaf.client;

import java.time.Duration;
import java.util.Optional;

/// How patient a client is.
///
/// @param connectTimeout until a connection stands
/// @param answerTimeout until an answer begins; uploads and queries, which may take long, have none
///   of it
/// @param triesMax attempts at a request that may be repeated safely, at least 1
/// @param firstPause before the second attempt; doubles for each further one
/// @param trace the W3C `traceparent` that each request carries; empty for none
public record ClientOptions(
        Duration connectTimeout,
        Duration answerTimeout,
        int triesMax,
        Duration firstPause,
        Optional<String> trace) {
    public static final ClientOptions DEFAULT =
            new ClientOptions(
                    Duration.ofSeconds(5), Duration.ofSeconds(60), 3, Duration.ofMillis(150));

    public ClientOptions {
        if (triesMax < 1) {
            throw new IllegalArgumentException("triesMax " + triesMax + ": at least 1");
        }
    }

    /// Begins no trace.
    public ClientOptions(
            Duration connectTimeout, Duration answerTimeout, int triesMax, Duration firstPause) {
        this(connectTimeout, answerTimeout, triesMax, firstPause, Optional.empty());
    }

    /// These as a part of a trace.
    public ClientOptions traced(Optional<String> traceparent) {
        return new ClientOptions(connectTimeout, answerTimeout, triesMax, firstPause, traceparent);
    }
}
