package dev.sheaf.client;

import java.util.List;

/// Newest first.
public record ReleaseList(List<ReleaseInfo> releases) {
    public ReleaseList {
        releases = List.copyOf(releases);
    }
}
