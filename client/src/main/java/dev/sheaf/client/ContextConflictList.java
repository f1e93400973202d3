package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Conflicts, oldest first.
///
/// @param next to go on after; empty at the end
public record ContextConflictList(List<ContextConflict> conflicts, Optional<String> next) {
    public ContextConflictList {
        conflicts = List.copyOf(conflicts);
    }
}
