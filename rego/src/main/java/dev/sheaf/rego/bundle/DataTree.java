package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The data of several files, each at the path of its folder. Objects that meet are merged; other
/// values must not meet.
final class DataTree {
    /// What stands at a key: a value of one file, or objects of several.
    private sealed interface Node {
        record Leaf(Value value) implements Node {}

        record Branch(Map<Value, Node> children) implements Node {}
    }

    private final Node.Branch top = new Node.Branch(new HashMap<>());

    /// @throws Problem INVALID_VALUE when another file has a value where this one has one
    void add(BundleFile file, Value value) {
        int slash = file.name().lastIndexOf('/');
        Value nested = value;
        if (slash >= 0) {
            String[] folders = file.name().substring(0, slash).split("/");
            for (int i = folders.length - 1; i >= 0; i--) {
                nested = new ObjectValue.Builder().put(folders[i], nested).build();
            }
        }
        if (!(nested instanceof ObjectValue fields)) {
            throw Faults.unreadable(
                    file.name(),
                    "it holds a JSON " + value.typeName() + "; the data of a bundle is an object",
                    null);
        }
        merge(top, fields, file, new ArrayList<>());
    }

    private void merge(Node.Branch into, ObjectValue fields, BundleFile file, List<String> path) {
        fields.forEach((key, value) -> {
            Node old = into.children().get(key);
            if (old == null) {
                into.children().put(key, new Node.Leaf(value));
                return;
            }
            path.add(key instanceof StringValue name ? name.value() : key.toString());
            Node.Branch branch = opened(old, file, path);
            if (!(value instanceof ObjectValue inner)) {
                throw conflict(file, path);
            }
            into.children().put(key, branch);
            merge(branch, inner, file, path);
            path.removeLast();
        });
    }

    private static Node.Branch opened(Node node, BundleFile file, List<String> path) {
        return switch (node) {
            case Node.Branch branch -> branch;
            case Node.Leaf(ObjectValue object) -> {
                Map<Value, Node> children = new HashMap<>();
                object.forEach((key, value) -> children.put(key, new Node.Leaf(value)));
                yield new Node.Branch(children);
            }
            case Node.Leaf other -> throw conflict(file, path);
        };
    }

    private static Problem conflict(BundleFile file, List<String> path) {
        return Faults.invalid(
                file.name(),
                "another file has a value at /"
                        + String.join("/", path)
                        + " too; keep one of them");
    }

    ObjectValue value() {
        return value(top);
    }

    private static ObjectValue value(Node.Branch branch) {
        ObjectValue.Builder out = new ObjectValue.Builder(branch.children().size());
        branch.children()
                .forEach((key, node) -> {
                    Value value =
                            switch (node) {
                                case Node.Leaf(Value leaf) -> leaf;
                                case Node.Branch inner -> value(inner);
                            };
                    out.put(key, value);
                });
        return out.build();
    }
}
