package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A lineage event as a node has it.
///
/// @param id under which its text is found
/// @param time when it happened, as its producer says
/// @param state as in `COMPLETE`; absent for events without a run
/// @param namespace of the job, or of the dataset of an event without one
/// @param notes what was missing in it or taken otherwise than it stands there
public record LineageEventInfo(
        long id,
        Instant receivedAt,
        Instant time,
        Optional<String> state,
        Optional<String> run,
        String namespace,
        String name,
        List<String> notes,
        long bytes) {
    public LineageEventInfo {
        notes = List.copyOf(notes);
    }
}
