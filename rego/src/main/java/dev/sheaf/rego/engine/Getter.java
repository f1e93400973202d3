package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Label;

/// A term whose variables are bound.
abstract class Getter {
    /// Null when it is undefined.
    abstract @Nullable Value get(Frame frame);

    /// Writes this term; as a call to it unless it knows better.
    void weave(Weaving weaving, Label undefined) {
        weaving.constant(this);
        weaving.frame();
        weaving.callOn(getClass(), "get", Weaving.VALUE, Weaving.FRAME);
        weaving.defined(undefined);
    }

    /// The value that it always has, or null.
    @Nullable Value constant() {
        return null;
    }
}
