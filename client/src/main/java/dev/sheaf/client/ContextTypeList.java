package dev.sheaf.client;

import java.util.List;

/// In name order.
public record ContextTypeList(List<ContextTypeInfo> types) {
    public ContextTypeList {
        types = List.copyOf(types);
    }
}
