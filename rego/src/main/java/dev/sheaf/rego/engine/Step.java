package dev.sheaf.rego.engine;

import java.lang.classfile.Label;

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

    /// Writes this step and those that follow; as a call to it unless it knows better.
    void weave(Weaving weaving, Label fail) {
        weaving.constant(this);
        weaving.frame();
        weaving.callOn(getClass(), "run", Weaving.BOOLEAN, Weaving.FRAME);
        weaving.code().ifeq(fail);
        weaving.found();
    }
}
