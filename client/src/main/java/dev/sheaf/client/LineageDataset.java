package dev.sheaf.client;

import java.util.List;

/// A dataset that is reached.
///
/// @param depth how many jobs lie between
/// @param whole whether all of it is concerned, or it is not known which columns are
/// @param columns that are concerned, at most a hundred
/// @param columnCount of all that are
/// @param path from the start to here
public record LineageDataset(
        LineagePlace place,
        int depth,
        boolean whole,
        List<String> columns,
        int columnCount,
        List<LineageStep> path) {
    public LineageDataset {
        columns = List.copyOf(columns);
        path = List.copyOf(path);
    }
}
