package dev.sheaf.client;

import java.util.List;

/// Proof that the audit log of one size begins with the log of a smaller one (RFC 6962, 2.1.2).
///
/// @param from the smaller size
/// @param to the larger size
/// @param hashes base64, in order
public record AuditConsistency(long from, long to, List<String> hashes) {
    public AuditConsistency {
        hashes = List.copyOf(hashes);
    }
}
