package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// A term whose variables are bound.
abstract class Getter {
    /// Null when it is undefined.
    abstract @Nullable Value get(Frame frame);

    /// The value that it always has, or null.
    @Nullable Value constant() {
        return null;
    }
}
