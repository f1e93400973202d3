package dev.sheaf.node.config;

/// Measurements.
public record MetricsConfig(
        @Setting(
                        value =
                                "Whether callers on the same machine may read /metrics without a"
                                        + " token.",
                        fallback = "false")
                boolean loopbackOpen) {}
