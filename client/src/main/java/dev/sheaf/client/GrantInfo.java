package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A request for access to a product, and what became of it.
///
/// @param subject a user, or `team:NAME`
/// @param state `requested`, `approved`, `denied`, `revoked` or `expired`, as of the answer
/// @param wanted what was asked for
/// @param granted what was approved, also when it counts no more
/// @param decisions in the order of their moments
public record GrantInfo(
        String id,
        String product,
        String subject,
        String purpose,
        String state,
        String askedBy,
        Instant askedAt,
        String reason,
        GrantTermsInfo wanted,
        Optional<GrantTermsInfo> granted,
        List<GrantDecisionInfo> decisions) {
    public GrantInfo {
        decisions = List.copyOf(decisions);
    }
}
