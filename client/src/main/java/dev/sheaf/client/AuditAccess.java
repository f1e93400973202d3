package dev.sheaf.client;

import java.time.Instant;
import java.util.List;

/// Something that was done with a person's data, or tried.
///
/// @param seq of the entry in the audit log
/// @param resource the document or the product
/// @param purpose as the actor said, empty when they did not
/// @param decision as in [AuditEntryInfo]
/// @param masked columns or fields that were hidden or masked
/// @param match `document` when the entry names the person, `product` when it names a product whose
///   current release has rows of the person
public record AuditAccess(
        long seq,
        Instant time,
        String actor,
        String action,
        String resource,
        String purpose,
        String decision,
        List<String> masked,
        String match) {
    public AuditAccess {
        masked = List.copyOf(masked);
    }
}
