package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Some entries of a search.
///
/// @param next where the search goes on; nothing when there are no more
/// @param size how many entries the log had when it was searched
public record AuditPage(List<AuditEntryInfo> entries, Optional<String> next, long size) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
