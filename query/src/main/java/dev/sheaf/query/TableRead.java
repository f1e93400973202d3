package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A product that a statement reads, as its caller is let see it.
///
/// @param masked columns whose values are masked, by name, sorted; of a product of another region
///   as far as that region has said before the statement ran
/// @param isFiltered whether rows may be left out
/// @param revision of the policies that decided
/// @param region the product's home, empty for this one
/// @param columns that the result is made of or depends on, by name; empty when that cannot be told
///   or nobody has asked, so that it may be all
public record TableRead(
        ProductName product,
        long release,
        List<String> masked,
        boolean isFiltered,
        String revision,
        Optional<RegionName> region,
        Optional<Set<String>> columns) {
    public TableRead {
        masked = List.copyOf(masked);
        columns = columns.map(Set::copyOf);
    }
}
