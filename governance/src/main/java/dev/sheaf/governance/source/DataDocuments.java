package dev.sheaf.governance.source;

import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// The documents of several files as one: objects of the same name become one object. For one
/// thread.
final class DataDocuments {
    private ObjectValue root = ObjectValue.EMPTY;

    /// Lays a document at a path.
    ///
    /// @throws IllegalArgumentException when something else is there, or the root would be no
    ///   object
    void add(List<String> path, Value document) {
        Value tree = document;
        for (String name : path.reversed()) {
            tree = new ObjectValue.Builder(1).put(name, tree).build();
        }
        if (!(tree instanceof ObjectValue object)) {
            throw new IllegalArgumentException(
                    "it lies at the root of data, which is an object, and holds: "
                            + tree.typeName());
        }
        root = merged(root, object, "data");
    }

    ObjectValue root() {
        return root;
    }

    /// Whether there is something at the path, or at its beginning something that is no object.
    boolean has(List<String> path) {
        Value at = root;
        for (String name : path) {
            if (!(at instanceof ObjectValue object)) {
                return true;
            }
            Value next = object.get(StringValue.of(name));
            if (next == null) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private static ObjectValue merged(ObjectValue left, ObjectValue right, String path) {
        ObjectValue.Builder all = new ObjectValue.Builder(left.size() + right.size());
        all.putAll(left);
        right.forEach((key, value) -> {
            Value before = left.get(key);
            String here = path + "." + JsonValues.keyText(key);
            if (before instanceof ObjectValue mine && value instanceof ObjectValue theirs) {
                all.put(key, merged(mine, theirs, here));
            } else if (before == null) {
                all.put(key, value);
            } else {
                throw new IllegalArgumentException(
                        "it gives " + here + ", which another file gives already");
            }
        });
        return all.build();
    }

    /// The lower object with the upper laid over it, member by member.
    static ObjectValue over(ObjectValue lower, ObjectValue upper) {
        ObjectValue.Builder all = new ObjectValue.Builder(lower.size() + upper.size());
        all.putAll(lower);
        upper.forEach((key, value) ->
                all.put(
                        key,
                        lower.get(key) instanceof ObjectValue below
                                        && value instanceof ObjectValue above
                                ? over(below, above)
                                : value));
        return all.build();
    }
}
