package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// What was done with a person's data, newest first.
///
/// @param isKnown whether the log has a key for the person: without one no entry names them, be it
///   that nothing was done or that they were forgotten
/// @param products those whose current release has rows of the person
/// @param skipped products that could not be asked, each with the reason
/// @param next where the history goes on; nothing when there is no more
public record AuditHistory(
        boolean isKnown,
        List<AuditAccess> accesses,
        List<String> products,
        List<String> skipped,
        Optional<String> next) {
    public AuditHistory {
        accesses = List.copyOf(accesses);
        products = List.copyOf(products);
        skipped = List.copyOf(skipped);
    }
}
