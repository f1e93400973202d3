package dev.sheaf.query;

import java.util.List;
import java.util.OptionalLong;

/// What a statement over this region's products would read and answer, without running it.
///
/// @param tables in order of appearance
/// @param rows that the engine expects to answer, from the files' own statistics; empty when it
///   cannot say
public record QueryEstimate(List<Table> tables, OptionalLong rows) {
    public QueryEstimate {
        tables = List.copyOf(tables);
    }

    /// @param rows of the release
    /// @param bytes of its files that would be read, after pruning
    public record Table(TableRead read, long rows, long bytes) {}
}
