package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A proposal.
///
/// @param from the region that it comes from
/// @param home the region that decides
/// @param domains that its manifests name
/// @param files their names
/// @param state `open`, `accepted` or `rejected`
/// @param decidedBy absent while it is open, as what follows
/// @param plan what accepting it would do now; only at its home, of one proposal, while it is open
/// @param problem why it cannot be planned
public record ProposalInfo(
        String id,
        String from,
        String home,
        List<String> domains,
        String by,
        Instant at,
        String reason,
        List<String> files,
        String state,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        Optional<String> decidedWhy,
        Optional<Plan> plan,
        Optional<ProblemBody> problem) {
    public ProposalInfo {
        domains = List.copyOf(domains);
        files = List.copyOf(files);
    }
}
