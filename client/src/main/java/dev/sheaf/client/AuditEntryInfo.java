package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;

/// A line of a node's audit log, without its proof.
///
/// @param seq its number, from 0 on without holes
/// @param decision `allow`, `allow-restricted`, `deny`, `error` or `none`
/// @param policy the revision of the policies that decided, empty for none
/// @param subjects pseudonyms of the persons concerned
/// @param details what else was noted: an object
public record AuditEntryInfo(
        long seq,
        Instant time,
        String actor,
        String action,
        String resource,
        String decision,
        String policy,
        List<String> subjects,
        JsonNode details) {
    public AuditEntryInfo {
        subjects = List.copyOf(subjects);
    }
}
