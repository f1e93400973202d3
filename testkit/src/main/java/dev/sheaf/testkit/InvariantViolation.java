package dev.sheaf.testkit;

/// A simulation found an invariant broken. The message says which, where, and how to see it again.
public final class InvariantViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String replay;
    private final long seed;
    private final long step;
    private final Invariant invariant;

    InvariantViolation(SimulationConfig config, long step, Invariant invariant, String what) {
        super(
                invariant
                        + " broken at step "
                        + step
                        + " of seed "
                        + config.seed()
                        + ": "
                        + what
                        + "\n  replay: "
                        + config.command());
        this.replay = config.command();
        this.seed = config.seed();
        this.step = step;
        this.invariant = invariant;
    }

    /// The command that shows it again.
    public String replay() {
        return replay;
    }

    public long seed() {
        return seed;
    }

    public long step() {
        return step;
    }

    public Invariant invariant() {
        return invariant;
    }
}
