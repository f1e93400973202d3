package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

/// A place in a program at which objects are asked for one and the same name. It remembers where
/// the name was in the last shape that it saw. For any thread.
public final class ObjectField {
    private final Value name;
    private @Nullable Seen seen;

    /// Immutable, so that a race shows one or the other.
    private record Seen(KeyTable keys, int index) {}

    public ObjectField(Value name) {
        this.name = name;
    }

    /// Null when the object has no such name.
    public @Nullable Value of(ObjectValue object) {
        KeyTable keys = object.keys();
        Seen last = seen;
        if (last != null && last.keys == keys) {
            return object.valueAt(last.index);
        }
        int index = keys.find(name);
        if (index < 0) {
            return null;
        }
        if (keys.isShared()) {
            seen = new Seen(keys, index);
        }
        return object.valueAt(index);
    }
}
