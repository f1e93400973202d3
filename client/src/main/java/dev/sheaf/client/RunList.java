package dev.sheaf.client;

import java.util.List;

/// Newest first.
public record RunList(List<RunInfo> runs) {
    public RunList {
        runs = List.copyOf(runs);
    }
}
