package dev.sheaf.cli.policy;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The documents of several files as one: objects of the same name become one object. Not safe for
/// threads.
final class DataTree {
    private ObjectValue root = ObjectValue.EMPTY;

    /// Lays a document at a path.
    ///
    /// @throws Problem INVALID_VALUE when something else is there, or the root would be no object
    void add(List<String> path, Value document, String shown) {
        Value tree = document;
        for (String name : path.reversed()) {
            ObjectValue.Builder around = new ObjectValue.Builder(1);
            around.put(StringValue.of(name), tree);
            tree = around.build();
        }
        if (!(tree instanceof ObjectValue object)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'"
                            + shown
                            + "' holds "
                            + article(tree)
                            + ", but lies at the root of data, which is an object: put it into a"
                            + " folder of the folder that is given");
        }
        root = merged(root, object, new ArrayList<>(), shown);
    }

    ObjectValue root() {
        return root;
    }

    /// What lies at a path.
    Optional<Value> find(List<String> path) {
        Value at = root;
        for (String name : path) {
            Value next = at instanceof ObjectValue object ? object.get(name) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    private static ObjectValue merged(
            ObjectValue left, ObjectValue right, List<String> path, String shown) {
        ObjectValue.Builder all = new ObjectValue.Builder(left.size() + right.size());
        all.putAll(left);
        right.forEach((key, value) -> {
            Value before = left.get(key);
            if (before == null) {
                all.put(key, value);
                return;
            }
            path.add(JsonValues.keyText(key));
            if (!(before instanceof ObjectValue mine) || !(value instanceof ObjectValue theirs)) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "'"
                                + shown
                                + "' gives data."
                                + String.join(".", path)
                                + ", which another file gives already: a value has one place, only"
                                + " objects are merged");
            }
            all.put(key, merged(mine, theirs, path, shown));
            path.removeLast();
        });
        return all.build();
    }

    private static String article(Value value) {
        String name = value.typeName();
        return switch (name) {
            case "null" -> name;
            case "array" -> "an " + name;
            default -> "a " + name;
        };
    }
}
