package dev.sheaf.client;

import java.util.List;

/// Whether a node lives or can work.
public record HealthReport(HealthStatus status, List<HealthCheck> checks) {
    public HealthReport {
        checks = List.copyOf(checks);
    }
}
