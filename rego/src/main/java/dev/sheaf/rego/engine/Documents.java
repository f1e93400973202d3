package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Ways into values.
final class Documents {
    private Documents() {}

    /// What a key of a reference leads to; null when that is nothing.
    static @Nullable Value select(Value from, Value key) {
        return switch (from) {
            case ObjectValue object -> object.get(key);
            case ArrayValue array -> array.find(key);
            case SetValue set -> set.has(key) ? key : null;
            case NullValue none -> null;
            case BooleanValue none -> null;
            case NumberValue none -> null;
            case StringValue none -> null;
        };
    }

    /// As [#select], for data: its objects have names only, and `data.x[2]` is the one named `2`.
    static @Nullable Value selectData(Value from, Value key) {
        boolean isName = from instanceof ObjectValue && key instanceof NumberValue;
        return select(from, isName ? StringValue.of(key.toString()) : key);
    }

    /// The document with a value at a path of names; what is no object on the way becomes one.
    static Value put(@Nullable Value document, List<String> path, Value value) {
        if (path.isEmpty()) {
            return value;
        }
        ObjectValue.Builder changed = new ObjectValue.Builder();
        Value below = null;
        StringValue first = StringValue.of(path.getFirst());
        if (document instanceof ObjectValue object) {
            changed.putAll(object);
            below = object.get(first);
        }
        changed.put(first, put(below, path.subList(1, path.size()), value));
        return changed.build();
    }
}
