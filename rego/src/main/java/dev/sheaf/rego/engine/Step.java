package dev.sheaf.rego.engine;

/// A step of a body. For each way in which it succeeds it runs the next one; when it comes back,
/// the next way is tried.
abstract class Step {
    /// The last step of a chain that leads nowhere yet.
    static final Step NOWHERE =
            new Step() {
                @Override
                boolean run(Frame frame) {
                    throw new IllegalStateException("a chain without an end");
                }
            };

    Step next = NOWHERE;

    /// @return whether enough was found: then no further ways are tried
    abstract boolean run(Frame frame);
}
