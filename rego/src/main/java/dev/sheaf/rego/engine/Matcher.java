package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import java.lang.classfile.Label;

/// A pattern that a value is held against; binds variables.
abstract class Matcher {
    abstract boolean match(Frame frame, Value value);

    /// Writes this pattern; as a call to it unless it knows better.
    void weave(Weaving weaving, Label fail) {
        int value = weaving.stored();
        weaving.constant(this);
        weaving.frame();
        weaving.code().aload(value);
        weaving.callOn(getClass(), "match", Weaving.BOOLEAN, Weaving.FRAME, Weaving.VALUE);
        weaving.code().ifeq(fail);
    }
}
