package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is replaced in a tree of `data`: a value here, or something below. Immutable.
///
/// @param value what stands here instead of all that was
/// @param below where `value` is null
record Replacement(@Nullable Value value, Map<String, Replacement> below) {
    static Replacement of(List<String> path, Value value, @Nullable Replacement before) {
        if (path.isEmpty()) {
            return new Replacement(value, Map.of());
        }
        if (before != null && before.value() instanceof Value whole) {
            return new Replacement(Documents.put(whole, path, value), Map.of());
        }
        Map<String, Replacement> below = new TreeMap<>();
        if (before != null) {
            below.putAll(before.below());
        }
        String first = path.getFirst();
        below.put(first, of(path.subList(1, path.size()), value, below.get(first)));
        return new Replacement(null, below);
    }

    @Nullable Replacement at(Value key) {
        return key instanceof StringValue name ? below.get(name.value()) : null;
    }
}
