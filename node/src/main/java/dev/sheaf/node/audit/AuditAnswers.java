package dev.sheaf.node.audit;

import dev.sheaf.client.AuditEntryInfo;
import dev.sheaf.client.Wire;
import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditEvent;
import dev.sheaf.governance.audit.SubjectPseudonym;

import tools.jackson.databind.JsonNode;

/// Entries of the log in the shape of the API.
final class AuditAnswers {
    private AuditAnswers() {}

    static AuditEntryInfo entry(AuditEntry entry) {
        AuditEvent event = entry.event();
        return new AuditEntryInfo(
                entry.sequence(),
                event.time(),
                event.actor(),
                event.action(),
                event.resource(),
                event.decision().text(),
                event.policyRevision(),
                event.subjects().stream().map(SubjectPseudonym::text).toList(),
                json(entry).path("details"));
    }

    private static JsonNode json(AuditEntry entry) {
        return Wire.json().readTree(entry.toBytes());
    }
}
