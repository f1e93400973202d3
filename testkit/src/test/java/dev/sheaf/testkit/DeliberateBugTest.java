package dev.sheaf.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Set;

/// A fault that is built in is found, by the invariant that is there for it, within some seeds.
final class DeliberateBugTest {
    private static final int SEEDS = 120;
    private static final int STEPS = 8_000;

    @Test
    void aForgottenFenceIsFound() {
        finds(DeliberateBug.SKIP_FENCE, Invariant.NO_RESURRECTION, Invariant.CONVERGENCE);
    }

    @Test
    void anAcknowledgementBeforeTheSyncIsFound() {
        finds(
                DeliberateBug.ACKNOWLEDGE_BEFORE_SYNC,
                Invariant.NOTHING_ACKNOWLEDGED_IS_LOST,
                Invariant.STREAMS);
    }

    @Test
    void anEventAppliedBeyondAHoleIsFound() {
        finds(DeliberateBug.APPLY_BEYOND_HOLE, Invariant.CONVERGENCE, Invariant.NO_RESURRECTION);
    }

    @Test
    void stateKeptThroughAnEvictionIsFound() {
        finds(
                DeliberateBug.RESURRECT_AFTER_EVICTION,
                Invariant.CONVERGENCE,
                Invariant.NO_RESURRECTION);
    }

    @Test
    void aLeakOnTheWayThroughARelayIsFound() {
        finds(DeliberateBug.LEAK_ON_RELAY, Invariant.RESIDENCY);
    }

    @Test
    void aRelayThatSeesTooLittleIsFound() {
        finds(DeliberateBug.RELAY_REDACTED, Invariant.CONVERGENCE);
    }

    @Test
    void stalenessFromWallClocksIsFound() {
        finds(DeliberateBug.TRUST_WALL_CLOCK, Invariant.STALENESS);
    }

    @Test
    void anEventSentBeforeItIsDurableIsFound() {
        finds(DeliberateBug.SEND_BEFORE_DURABLE, Invariant.STREAMS);
    }

    @Test
    void dotsStrippedTooEarlyAreFound() {
        finds(
                DeliberateBug.STRIP_TOO_EARLY,
                Invariant.NO_RESURRECTION,
                Invariant.CONVERGENCE,
                Invariant.LIVENESS);
    }

    @Test
    void anOldContextWrittenAgainIsFound() {
        finds(DeliberateBug.REISSUE_OLD_CONTEXT, Invariant.CONVERGENCE, Invariant.NO_RESURRECTION);
    }

    private static void finds(DeliberateBug bug, Invariant... by) {
        Set<Invariant> expected = EnumSet.of(by[0], by);
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulationConfig config =
                    new SimulationConfig(seed, STEPS, 0, SimulationConfig.DocumentModel.SMALL, bug);
            try {
                Simulation.run(config);
            } catch (InvariantViolation violation) {
                assertTrue(
                        expected.contains(violation.invariant()),
                        () -> bug + " was found by another invariant: " + violation.getMessage());
                return;
            }
        }
        fail(bug + " was not found in " + SEEDS + " seeds");
    }
}
