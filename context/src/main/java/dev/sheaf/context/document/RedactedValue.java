package dev.sheaf.context.document;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.POJONode;

/// Stands in a document where there is a value that this region may not see. It has the value's dot
/// and is less than the value: joined with it, the value stays. Never shown. There is one instance;
/// written as JSON it would be `null`.
public final class RedactedValue extends POJONode {
    private static final long serialVersionUID = 1L;

    public static final RedactedValue INSTANCE = new RedactedValue();

    private RedactedValue() {
        super(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this;
    }

    @Override
    public int hashCode() {
        return RedactedValue.class.hashCode();
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
