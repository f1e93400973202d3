package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Paths into documents: arrays of keys, or texts with slashes in which `~1` is a slash and `~0` a
/// tilde; leading slashes do not count.
final class JsonPath {
    private JsonPath() {}

    static List<Value> parse(Value path) {
        if (path instanceof ArrayValue keys) {
            return keys.items();
        }
        if (!(path instanceof StringValue text)) {
            throw BuiltinFault.type(
                    "operand 2 must be one of {set, array} containing string paths or array of path"
                            + " segments but got %s",
                    path.typeName());
        }
        if (text.value().isEmpty()) {
            return List.of();
        }
        List<Value> keys = new ArrayList<>();
        for (String key : text.value().replaceFirst("^/+", "").split("/", -1)) {
            keys.add(StringValue.of(key.replace("~1", "/").replace("~0", "~")));
        }
        return keys;
    }

    /// Paths merged into a tree: a leaf stands for everything below it.
    static final class Tree {
        private @Nullable Map<Value, Tree> children = new HashMap<>();

        static Tree of(List<Value> paths) {
            Tree root = new Tree();
            for (Value path : paths) {
                root.add(parse(path));
            }
            return root;
        }

        private void add(List<Value> keys) {
            Tree node = this;
            for (int i = 0; i < keys.size(); i++) {
                Map<Value, Tree> below = node.children;
                if (below == null) {
                    return;
                }
                node = below.computeIfAbsent(keys.get(i), key -> new Tree());
            }
            if (!keys.isEmpty()) {
                node.children = null;
            }
        }

        boolean isLeaf() {
            return children == null;
        }

        @Nullable Tree child(Value key) {
            return children == null ? null : children.get(key);
        }

        /// Arrays are addressed with their indexes as texts.
        @Nullable Tree child(int index) {
            return child(StringValue.of(Integer.toString(index)));
        }
    }
}
