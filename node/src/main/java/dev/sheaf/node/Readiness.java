package dev.sheaf.node;

import dev.sheaf.client.HealthCheck;
import dev.sheaf.client.HealthReport;
import dev.sheaf.client.HealthStatus;
import dev.sheaf.kernel.Problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the node can work: each check is run whenever somebody asks, and each is cheap.
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    /// Throws when something is wrong.
    @FunctionalInterface
    interface Check {
        void run();
    }

    private final Map<String, Check> checks = new LinkedHashMap<>();
    private volatile HealthStatus phase = HealthStatus.STARTING;

    Readiness with(String name, Check check) {
        checks.put(name, check);
        return this;
    }

    void started() {
        phase = HealthStatus.OK;
    }

    void stopping() {
        phase = HealthStatus.STOPPING;
    }

    HealthReport report() {
        if (phase != HealthStatus.OK) {
            return new HealthReport(phase, List.of());
        }
        List<HealthCheck> results = new ArrayList<>();
        checks.forEach((name, check) -> results.add(result(name, check)));
        boolean fine = results.stream().allMatch(result -> result.status() == HealthStatus.OK);
        return new HealthReport(fine ? HealthStatus.OK : HealthStatus.FAILING, results);
    }

    private static HealthCheck result(String name, Check check) {
        long startNanos = System.nanoTime();
        Optional<String> fault = fault(name, check);
        return new HealthCheck(
                name,
                fault.isEmpty() ? HealthStatus.OK : HealthStatus.FAILING,
                fault,
                (System.nanoTime() - startNanos) / 1_000_000);
    }

    /// Anybody may read it: problems are told, other faults only named.
    private static Optional<String> fault(String name, Check check) {
        try {
            check.run();
            return Optional.empty();
        } catch (Problem problem) {
            LOG.warn("not ready: {}: {}", name, problem.message());
            return Optional.of(problem.code().name());
        } catch (RuntimeException e) {
            LOG.error("not ready: {}", name, e);
            return Optional.of("INTERNAL");
        }
    }
}
