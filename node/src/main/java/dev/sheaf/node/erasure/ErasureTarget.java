package dev.sheaf.node.erasure;

import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.product.ProductSpec;

/// A store that knows whose data it holds.
sealed interface ErasureTarget {
    /// As callers name it.
    String name();

    /// @param column that names the person
    record OfProduct(ProductSpec spec, String column) implements ErasureTarget {
        @Override
        public String name() {
            return spec.name().toString();
        }
    }

    record OfContext(DeclaredType type) implements ErasureTarget {
        @Override
        public String name() {
            return type.name();
        }
    }

    default String kind() {
        return switch (this) {
            case OfProduct _ -> "product";
            case OfContext _ -> "context";
        };
    }
}
