package dev.sheaf.client;

import java.util.List;

/// A job, a model or a consumer that is reached.
///
/// @param through by which columns and datasets, at most a hundred, each with its path
/// @param throughCount of all
public record LineageOwner(
        LineageOwnerName owner, int depth, List<LineageThrough> through, int throughCount) {
    public LineageOwner {
        through = List.copyOf(through);
    }
}
