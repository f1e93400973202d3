package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

/// A pattern that a value is held against; binds variables.
abstract class Matcher {
    abstract boolean match(Frame frame, Value value);
}
