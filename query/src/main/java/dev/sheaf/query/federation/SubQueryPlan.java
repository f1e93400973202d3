package dev.sheaf.query.federation;

import dev.sheaf.kernel.ProductName;

import java.util.List;
import java.util.OptionalLong;

/// What a region says of a sub-query before it runs.
///
/// @param tables that it reads, in order of appearance
/// @param rows that it expects to answer, empty when it cannot say
public record SubQueryPlan(List<Table> tables, OptionalLong rows) {
    public SubQueryPlan {
        tables = List.copyOf(tables);
    }

    /// @param release that would be read
    /// @param rows that the release has
    /// @param bytes of the files that would be read
    /// @param masked columns whose values are masked for the caller, with the kind of mask, as in
    ///   `email: partial`; sorted
    /// @param isFiltered whether rows may be left out
    /// @param residency what policy says about the answer's going to the coordinator's region, for
    ///   people
    /// @param revision of the policies that decided
    /// @param files whether the release's files may be read as they are in the coordinator's region
    public record Table(
            ProductName product,
            long release,
            OptionalLong rows,
            OptionalLong bytes,
            List<String> masked,
            boolean isFiltered,
            String residency,
            String revision,
            boolean files) {
        public Table {
            masked = List.copyOf(masked);
        }
    }
}
