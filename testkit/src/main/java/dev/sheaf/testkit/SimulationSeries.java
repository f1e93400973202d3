package dev.sheaf.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What many simulations came to.
public final class SimulationSeries {
    private static final int REAL_ONE_IN = 8;

    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> replays = new ArrayList<>();
    private int seeds;
    private long steps;
    private long virtualMillis;
    private long elapsedMillis;
    private long written;
    private long applied;
    private long checks;

    /// @param violations how many seeds found an invariant broken
    /// @param counts faults and rare things by kind
    /// @param replays a command for each violation
    public record Summary(
            int seeds,
            int violations,
            long steps,
            long virtualMillis,
            long elapsedMillis,
            long written,
            long applied,
            long checks,
            Map<String, Long> counts,
            List<String> replays) {}

    /// In a mixed series every eighth seed has real documents.
    public static SimulationConfig.DocumentModel mixed(long seed) {
        return seed % REAL_ONE_IN == 0
                ? SimulationConfig.DocumentModel.REAL
                : SimulationConfig.DocumentModel.SMALL;
    }

    public void add(SimulationReport report) {
        seeds++;
        steps += report.steps();
        virtualMillis += report.virtualMillis();
        elapsedMillis += report.elapsedMillis();
        written += report.written();
        applied += report.applied();
        checks += report.checks();
        report.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    public void add(InvariantViolation violation) {
        seeds++;
        replays.add(violation.replay());
        counts.merge("violation of " + violation.invariant(), 1L, Long::sum);
    }

    public Summary summary() {
        return new Summary(
                seeds,
                replays.size(),
                steps,
                virtualMillis,
                elapsedMillis,
                written,
                applied,
                checks,
                new TreeMap<>(counts),
                List.copyOf(replays));
    }
}
