package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Parts of documents by paths; see [JsonPath].
final class JsonPathBuiltins {
    private static final String SIGNATURE = "object, set|array -> object";

    private JsonPathBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "json.filter",
                        SIGNATURE,
                        (a, world) -> kept(a[0], JsonPath.Tree.of(Operands.items(a, 1)), world)),
                Builtin.of(
                        "json.remove",
                        SIGNATURE,
                        (a, world) -> rest(a[0], JsonPath.Tree.of(Operands.items(a, 1)), world)),
                Builtin.of("json.patch", "any, array -> any", JsonPatch::applied));
    }

    private static Value kept(Value value, JsonPath.Tree paths, Surroundings world) {
        world.work(1);
        if (paths.isLeaf()) {
            return value;
        }
        if (value instanceof ObjectValue object) {
            ObjectValue.Builder result = new ObjectValue.Builder();
            for (int i = 0; i < object.size(); i++) {
                JsonPath.Tree below = paths.child(object.key(i));
                if (below != null) {
                    result.put(object.key(i), kept(object.value(i), below, world));
                }
            }
            return result.build();
        }
        if (value instanceof SetValue set) {
            SetValue.Builder result = new SetValue.Builder();
            for (Value member : set.items()) {
                JsonPath.Tree below = paths.child(member);
                if (below != null) {
                    result.add(kept(member, below, world));
                }
            }
            return result.build();
        }
        if (value instanceof ArrayValue array) {
            List<Value> result = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                JsonPath.Tree below = paths.child(i);
                if (below != null) {
                    result.add(kept(array.get(i), below, world));
                }
            }
            return ArrayValue.of(result);
        }
        return value;
    }

    /// Null when nothing is left.
    private static @Nullable Value rest(
            Value value, JsonPath.@Nullable Tree paths, Surroundings world) {
        world.work(1);
        if (paths == null) {
            return value;
        }
        if (paths.isLeaf()) {
            return null;
        }
        if (value instanceof ObjectValue object) {
            ObjectValue.Builder result = new ObjectValue.Builder();
            for (int i = 0; i < object.size(); i++) {
                Value rest = rest(object.value(i), paths.child(object.key(i)), world);
                if (rest != null) {
                    result.put(object.key(i), rest);
                }
            }
            return result.build();
        }
        if (value instanceof SetValue set) {
            SetValue.Builder result = new SetValue.Builder();
            for (Value member : set.items()) {
                Value rest = rest(member, paths.child(member), world);
                if (rest != null) {
                    result.add(rest);
                }
            }
            return result.build();
        }
        if (value instanceof ArrayValue array) {
            List<Value> result = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                Value rest = rest(array.get(i), paths.child(i), world);
                if (rest != null) {
                    result.add(rest);
                }
            }
            return ArrayValue.of(result);
        }
        return value;
    }
}
