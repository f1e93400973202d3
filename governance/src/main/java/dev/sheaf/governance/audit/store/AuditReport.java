package dev.sheaf.governance.audit.store;

import java.util.List;

/// What verifying a log has found, in the order of the entries as far as they have one.
///
/// @param size how many entries there are
/// @param signedSize how many of them the last trusted checkpoint covers
public record AuditReport(long size, long signedSize, List<AuditFinding> findings) {
    public AuditReport {
        findings = List.copyOf(findings);
    }

    /// Nothing but what a crash may leave, or what is too new to be signed.
    public boolean isIntact() {
        return findings.stream().allMatch(finding -> finding.kind().isHarmless());
    }
}
