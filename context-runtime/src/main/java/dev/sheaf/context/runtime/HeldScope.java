package dev.sheaf.context.runtime;

import java.util.List;

/// A residency scope of which nothing is exchanged with a region, though the region is of it.
///
/// @param scope its name
/// @param reasons for people, at least one
public record HeldScope(String scope, List<String> reasons) {
    public HeldScope {
        reasons = List.copyOf(reasons);
    }
}
