package dev.sheaf.node.config;

import java.time.Duration;

/// How data that is older than its contract allows goes.
public record RetentionConfig(
        @Setting(
                        value =
                                "Time between retention runs, the first ten minutes after the"
                                        + " start; 0s for none but those that are asked for.",
                        fallback = "24h")
                Duration interval) {
    public RetentionConfig {
        Checks.atLeast("retention.interval", interval.toSeconds(), 0);
    }
}
