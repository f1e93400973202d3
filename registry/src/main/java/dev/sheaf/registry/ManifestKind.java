package dev.sheaf.registry;

import java.util.Arrays;
import java.util.Optional;

/// What a manifest describes. The word stands in the document's id, the type is the context type of
/// those that all regions may know.
public enum ManifestKind {
    DOMAIN("domain"),
    PRODUCT("product"),
    CONTRACT("contract"),
    RELEASE("release"),
    POLICY("policy"),
    LINEAGE("lineage");

    private final String word;

    ManifestKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// The context type, as in `mesh.product`.
    public String type() {
        return "mesh." + word;
    }

    static Optional<ManifestKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
