package dev.sheaf.client;

import java.util.List;

/// By what something is reached.
///
/// @param path from the start to there
public record LineageThrough(LineagePlace place, List<LineageStep> path) {
    public LineageThrough {
        path = List.copyOf(path);
    }
}
