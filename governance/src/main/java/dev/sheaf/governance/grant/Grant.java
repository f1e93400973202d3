package dev.sheaf.governance.grant;

import dev.sheaf.governance.decision.GrantFacts;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A request for access with all that was decided on it. Immutable.
///
/// Decisions are a set that only grows, each under a key of its own, and how the grant stands
/// follows from the set alone. So two regions that decide at once, cut off from each other, agree
/// as soon as both know both decisions, whatever their clocks say:
///
/// - a revocation outdoes all others, and a denial outdoes approvals, so nobody can be given by one
///   owner what another has refused;
/// - of two approvals what both allow counts: the later beginning, the earlier end, personal data
///   as it is only if both say so.
///
/// @param id unique in the mesh
/// @param decisions by their keys, which say nothing
public record Grant(String id, GrantRequest request, SortedMap<String, GrantDecision> decisions) {
    public Grant {
        decisions = Collections.unmodifiableSortedMap(new TreeMap<>(decisions));
    }

    /// On which nobody has decided.
    public static Grant asked(String id, GrantRequest request) {
        return new Grant(id, request, new TreeMap<>());
    }

    /// With one decision more.
    public Grant with(String key, GrantDecision decision) {
        return join(new Grant(id, request, new TreeMap<>(Map.of(key, decision))));
    }

    /// What is known when both copies are. Copies of one grant have the same request.
    public Grant join(Grant other) {
        TreeMap<String, GrantDecision> all = new TreeMap<>(other.decisions);
        all.putAll(decisions);
        return new Grant(id, request, all);
    }

    public GrantState state(Instant now) {
        if (has(GrantDecision.Revocation.class)) {
            return GrantState.REVOKED;
        }
        if (has(GrantDecision.Denial.class)) {
            return GrantState.DENIED;
        }
        Optional<GrantTerms> approved = terms();
        if (now.isBefore(approved.orElse(request.wanted()).until())) {
            return approved.isPresent() ? GrantState.APPROVED : GrantState.REQUESTED;
        }
        return GrantState.EXPIRED;
    }

    private boolean has(Class<? extends GrantDecision> kind) {
        return decisions.values().stream().anyMatch(kind::isInstance);
    }

    /// What was approved, also when it counts no more; empty when nobody ever approved it.
    public Optional<GrantTerms> terms() {
        return decisions.values().stream()
                .filter(GrantDecision.Approval.class::isInstance)
                .map(decision -> ((GrantDecision.Approval) decision).terms())
                .reduce(GrantTerms::narrowedTo);
    }

    /// In the order of their moments.
    public List<GrantDecision> history() {
        return decisions.values().stream().sorted(Comparator.comparing(GrantDecision::at)).toList();
    }

    /// For policy; empty when nobody ever approved it.
    public Optional<GrantFacts> facts() {
        return terms().map(terms ->
                new GrantFacts(
                        id,
                        request.product().toString(),
                        request.purpose(),
                        terms.from(),
                        terms.until(),
                        has(GrantDecision.Revocation.class) || has(GrantDecision.Denial.class),
                        terms.isClear()));
    }
}
