package dev.sheaf.product.erase;

import java.time.Instant;

/// What of a product goes.
public sealed interface Selection permits RowSelection, Selection.ReleasesBefore {
    /// Whole releases that were published before that instant, but not the current one; and the
    /// rejected rows of runs that ended before it.
    record ReleasesBefore(Instant cutoff) implements Selection {}
}
