package dev.sheaf.client;

import java.time.Instant;
import java.util.List;

/// What a retention run did, or a dry run would do.
///
/// @param at when it began
/// @param stores the products whose contract says how long data is kept, in the order of their
///   names
public record RetentionRun(Instant at, boolean dryRun, List<ErasedStore> stores) {
    public RetentionRun {
        stores = List.copyOf(stores);
    }
}
