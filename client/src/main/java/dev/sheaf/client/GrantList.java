package dev.sheaf.client;

import java.util.List;

/// Newest first.
///
/// @param truncated whether there are more
public record GrantList(List<GrantInfo> grants, boolean truncated) {
    public GrantList {
        grants = List.copyOf(grants);
    }
}
