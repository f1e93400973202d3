package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// An erasure, without whose data it is.
///
/// @param stores in the order of their names, those that were not reached yet left out
/// @param problem what failed beside the stores
/// @param auditEntry its number in the node's audit log
/// @param certificate the log's entry and the proof that it has it: one line of JSON, for `sheaf
///   audit verify`
public record ErasureInfo(
        String id,
        ErasureState state,
        String orderedBy,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<String> reason,
        List<ErasedStore> stores,
        Optional<String> problem,
        OptionalLong auditEntry,
        Optional<String> certificate) {
    public ErasureInfo {
        stores = List.copyOf(stores);
    }
}
