package dev.sheaf.node.config;

import java.time.Duration;

/// The worker processes in which SQL runs.
public record EngineSettings(
        @Setting(value = "Statements at once.", fallback = "4") int queryWorkersMax,
        @Setting(value = "Publishes at once that have a worker of their own.", fallback = "2")
                int publishWorkersMax,
        @Setting(
                        value =
                                "How long a statement waits for a worker before it is told to come"
                                        + " back.",
                        fallback = "20s")
                Duration waitMax,
        @Setting(value = "How long an idle worker is kept.", fallback = "5m") Duration idleMax) {
    public EngineSettings {
        Checks.atLeast("queryWorkersMax", queryWorkersMax, 1);
        Checks.atLeast("publishWorkersMax", publishWorkersMax, 1);
        Checks.positive("idleMax", idleMax);
    }
}
