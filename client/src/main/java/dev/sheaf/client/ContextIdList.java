package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Ids of documents, in order.
///
/// @param next to go on after; empty at the end
public record ContextIdList(List<String> ids, Optional<String> next) {
    public ContextIdList {
        ids = List.copyOf(ids);
    }
}
