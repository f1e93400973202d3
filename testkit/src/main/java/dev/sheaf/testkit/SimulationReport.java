package dev.sheaf.testkit;

import java.util.Map;

/// What a simulation did, after it found nothing wrong.
///
/// @param steps how many things happened, healing included
/// @param virtualMillis how long that was for the regions
/// @param written events that writers wrote
/// @param applied how often an event was applied, at all regions together
/// @param checks how many invariants were checked
/// @param counts faults and rare things by kind
public record SimulationReport(
        long seed,
        int regions,
        int groups,
        long steps,
        long virtualMillis,
        long elapsedMillis,
        long written,
        long applied,
        long checks,
        Map<String, Long> counts) {
    public SimulationReport {
        counts = Map.copyOf(counts);
    }

    static SimulationReport of(
            SimulationConfig config, World world, int groups, long elapsedMillis) {
        return new SimulationReport(
                config.seed(),
                world.nodes.size(),
                groups,
                world.step(),
                world.now() / World.MILLISECOND,
                elapsedMillis,
                world.tally.events,
                world.tally.applied,
                world.tally.checks,
                world.tally.counts());
    }
}
