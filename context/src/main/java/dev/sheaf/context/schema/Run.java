package dev.sheaf.context.schema;

/// Counts what one check costs. A document that makes a schema's alternatives multiply, or that is
/// nested endlessly, ends the check instead of the thread.
final class Run {
    static final int STEPS_MAX = 5_000_000;
    static final int DEPTH_MAX = 600;

    private int steps;
    private int depth;

    void enter() {
        steps++;
        depth++;
        if (steps > STEPS_MAX || depth > DEPTH_MAX) {
            throw new Exhausted(
                    depth > DEPTH_MAX
                            ? "is nested more than " + DEPTH_MAX + " levels deep"
                            : "takes more than " + STEPS_MAX + " steps to check");
        }
    }

    void leave() {
        depth--;
    }

    /// Leaves the depths of a check; never leaves this package.
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Exhausted(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        Violation violation() {
            return new Violation(
                    "", "work", reason + "; make the value smaller or its schema plainer");
        }
    }
}
