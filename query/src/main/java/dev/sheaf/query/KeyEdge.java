package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;

/// Two columns that a statement joins by equality, so that only those rows of a fragment matter
/// whose value the other side has.
///
/// @param target the fragment that may be narrowed
/// @param column its index in the target
record KeyEdge(Fragment target, int column, Source source) {
    /// Where the values come from.
    sealed interface Source {
        /// @param column its index in the fragment
        record Part(Fragment fragment, int column) implements Source {}

        /// A table of this region.
        ///
        /// @param column its name
        /// @param sql a query over the statement's views that yields the column among others
        /// @param isMasked whether the caller sees its values masked
        record Local(ProductName product, String column, String sql, boolean isMasked)
                implements Source {}
    }
}
