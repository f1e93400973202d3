package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// What the policy lab found.
///
/// @param policy digest of the set in force
/// @param decides whether this set decides at the node; not when an external OPA does
/// @param decisions on the input, and on each product of the statement in the order of asking
/// @param refused why the statement would not run
public record PolicyLabAnswer(
        String policy,
        boolean decides,
        List<PolicyLabDecision> decisions,
        Optional<PolicyLabStatement> statement,
        Optional<String> refused) {
    public PolicyLabAnswer {
        decisions = List.copyOf(decisions);
    }
}
