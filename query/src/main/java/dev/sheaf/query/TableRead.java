package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;

import java.util.List;

/// A product that a statement reads, as its caller is let see it.
///
/// @param masked columns whose values are masked, by name, sorted
/// @param isFiltered whether rows may be left out
/// @param revision of the policies that decided
public record TableRead(
        ProductName product,
        long release,
        List<String> masked,
        boolean isFiltered,
        String revision) {
    public TableRead {
        masked = List.copyOf(masked);
    }
}
