package dev.sheaf.node.identity;

import java.util.Optional;

/// A kind of thing a token may do, by its name in tokens and in `spec/openapi.yaml`.
public enum Scope {
    CATALOG_READ("catalog.read"),
    QUERY_RUN("query.run"),
    PRODUCT_PUBLISH("product.publish"),
    MESH_APPLY("mesh.apply"),
    NODE_ADMIN("node.admin"),
    METRICS_READ("metrics.read");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    public static Optional<Scope> named(String text) {
        for (Scope scope : values()) {
            if (scope.text.equals(text)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
