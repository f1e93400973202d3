package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// The paths that a bundle owns; everything in it lies within them.
record Roots(List<String> paths) {
    /// Without slashes around them.
    ///
    /// @throws Problem INVALID_VALUE when one lies within another
    static List<String> disjoint(List<String> roots) {
        List<String> plain = roots.stream().map(Roots::plain).toList();
        for (int i = 0; i < plain.size(); i++) {
            for (int j = 0; j < plain.size(); j++) {
                if (i != j && holds(plain.get(i), plain.get(j))) {
                    throw Faults.invalid(
                            BundleFile.MANIFEST,
                            "the root \""
                                    + plain.get(j)
                                    + "\" lies within the root \""
                                    + plain.get(i)
                                    + "\"; keep one of them");
                }
            }
        }
        return plain;
    }

    private static String plain(String root) {
        return root.replaceAll("^/+|/+$", "");
    }

    private static boolean holds(String root, String path) {
        return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
    }

    boolean overlap(Roots other) {
        return other.paths().stream().anyMatch(path -> hold(path) || liesAbove(path));
    }

    private boolean hold(String path) {
        return paths.stream().anyMatch(root -> holds(root, path));
    }

    private boolean liesAbove(String path) {
        return paths.stream().anyMatch(root -> holds(path, root));
    }

    /// @throws Problem INVALID_VALUE when its package is not within the roots
    void require(Module module) {
        String path = String.join("/", module.packagePath());
        if (!hold(path)) {
            throw Faults.invalid(
                    module.file(),
                    "its package " + String.join(".", module.packagePath()) + outside());
        }
    }

    /// @throws Problem INVALID_VALUE when a part of it is not within the roots
    void require(ObjectValue data) {
        require(data, "");
    }

    private void require(Value data, String path) {
        if (hold(path)) {
            return;
        }
        if (!(data instanceof ObjectValue fields) || !liesAbove(path)) {
            throw Faults.invalid("data", "/" + path + outside());
        }
        fields.forEach((key, value) -> {
            String name = JsonValues.keyText(key);
            require(value, path.isEmpty() ? name : path + "/" + name);
        });
    }

    private String outside() {
        return " is not within the manifest's roots "
                + paths
                + "; move it, or add its path to the roots";
    }
}
