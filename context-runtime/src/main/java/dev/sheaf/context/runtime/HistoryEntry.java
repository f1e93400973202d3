package dev.sheaf.context.runtime;

import java.time.Instant;
import java.util.List;

/// One event of a document, as the log still has it.
///
/// @param operations as text, one each, such as `assign /status "open"`
/// @param context what the writer had seen, as text
public record HistoryEntry(
        String eventId,
        String kind,
        String dot,
        Instant at,
        String author,
        String schemaVersion,
        String context,
        List<String> operations) {}
