package dev.sheaf.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The part of the simulations that each build runs. A violation's message names the seed and the
/// command that shows it again.
final class SimulationTest {
    private static final int SEEDS = 600;
    private static final int STEPS = 4_000;
    private static final int LONG_SEEDS = 40;
    private static final int LONG_STEPS = 30_000;

    @Test
    void invariantsHoldInShortRunsOfManySeeds() {
        SimulationSeries.Summary summary =
                run(1, SEEDS, STEPS, SimulationConfig.DocumentModel.SMALL);

        assertTrue(summary.checks() > summary.steps(), "checks " + summary.checks());
    }

    @Test
    void invariantsHoldInLongRunsWithEveryKindOfFault() {
        SimulationSeries.Summary summary =
                run(10_000, LONG_SEEDS, LONG_STEPS, SimulationConfig.DocumentModel.SMALL);

        assertHappened(summary, "node learned that it was evicted");
        assertHappened(summary, "event written again after eviction");
        assertHappened(summary, "state installed");
        assertHappened(summary, "old frames delivered again");
        assertHappened(summary, "refused CLOCK_AHEAD");
        assertHappened(summary, "disk lost");
        assertHappened(summary, "node crashed");
    }

    @Test
    void invariantsHoldWithTheContextEnginesOwnDocuments() {
        run(1, SEEDS / 6, STEPS, SimulationConfig.DocumentModel.REAL);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        SimulationConfig config =
                new SimulationConfig(
                        7, 5_000, 0, SimulationConfig.DocumentModel.SMALL, DeliberateBug.NONE);

        SimulationReport once = Simulation.run(config);
        SimulationReport again = Simulation.run(config);

        assertEquals(once.steps(), again.steps());
        assertEquals(once.virtualMillis(), again.virtualMillis());
        assertEquals(once.applied(), again.applied());
        assertEquals(once.counts(), again.counts());
    }

    @Test
    void aViolationNamesTheCommandThatShowsItAgain() {
        SimulationConfig config =
                new SimulationConfig(
                        1,
                        10_000,
                        3,
                        SimulationConfig.DocumentModel.SMALL,
                        DeliberateBug.SKIP_FENCE);

        InvariantViolation violation =
                assertThrows(InvariantViolation.class, () -> Simulation.run(config));

        assertEquals(
                "./sheaf sim --seed 1 --steps 10000 --regions 3 --bug SKIP_FENCE",
                violation.replay());
        assertTrue(String.valueOf(violation.getMessage()).contains(violation.replay()));
    }

    @Test
    void moreThanNineRegionsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new SimulationConfig(
                                1,
                                1,
                                10,
                                SimulationConfig.DocumentModel.SMALL,
                                DeliberateBug.NONE));
    }

    private static SimulationSeries.Summary run(
            long first, int seeds, int steps, SimulationConfig.DocumentModel documents) {
        SimulationSeries series = new SimulationSeries();
        for (long seed = first; seed < first + seeds; seed++) {
            series.add(
                    Simulation.run(
                            new SimulationConfig(seed, steps, 0, documents, DeliberateBug.NONE)));
        }
        return series.summary();
    }

    private static void assertHappened(SimulationSeries.Summary summary, String what) {
        assertTrue(
                summary.counts().getOrDefault(what, 0L) > 0,
                "nothing was counted as '" + what + "': " + summary.counts());
    }
}
