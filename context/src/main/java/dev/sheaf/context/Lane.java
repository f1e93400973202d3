package dev.sheaf.context;

import java.time.Duration;

/// How urgent an event is on a link, and the staleness that reads of such a type may count on
/// beside the network's own delay.
public enum Lane {
    CRITICAL(Duration.ofMillis(100), Duration.ofMillis(1)),
    IMPORTANT(Duration.ofSeconds(1), Duration.ofMillis(15)),
    BACKGROUND(Duration.ofSeconds(30), Duration.ofMillis(100));

    private final Duration stalenessMax;
    private final Duration window;

    Lane(Duration stalenessMax, Duration window) {
        this.stalenessMax = stalenessMax;
        this.window = window;
    }

    public Duration stalenessMax() {
        return stalenessMax;
    }

    /// How long events are gathered before they are sent.
    public Duration window() {
        return window;
    }
}
