package dev.sheaf.node.governance;

import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.publish.ReleaseGate;
import dev.sheaf.product.sample.ColumnProposal;
import dev.sheaf.product.sample.ColumnSample;
import dev.sheaf.product.sample.PersonalDataDetector;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds releases against the policies in force: what the columns are classified as and what they
/// look like, the score, and the store that the release would lie in. For any thread.
///
/// Values are looked at and forgotten: neither the answer nor the audit log has any.
public final class GovernedReleases {
    /// What is asked, in the audit log.
    static final String ACTION = "product.release";

    static final String NOT_PERSONAL = "not-personal";
    private static final int SCORE_DECIMALS = 4;

    private final Governance governance;
    private final PersonalDataDetector detector;
    private final List<StorePlace> stores;
    private final String region;
    private final Audit audit;

    /// @param stores all that releases may lie in
    /// @param region of this node
    public GovernedReleases(
            Governance governance,
            PersonalDataDetector detector,
            List<StorePlace> stores,
            String region,
            Audit audit) {
        this.governance = governance;
        this.detector = detector;
        this.stores = List.copyOf(stores);
        this.region = region;
        this.audit = audit;
    }

    /// The gate of a publish by this caller.
    public ReleaseGate gate(Principal caller) {
        return candidate -> judge(caller, candidate);
    }

    private ReleaseGate.Verdict judge(Principal caller, ReleaseGate.Candidate candidate) {
        Resource declared = governance.resource(candidate.product());
        List<ColumnProposal> proposals = proposals(candidate.samples(), declared.columns());
        Optional<StorePlace> store = StorePlace.of(stores, candidate.location());
        Resource release =
                governance.candidate(
                        candidate.product(),
                        declared.columns().stream()
                                .map(column -> looked(column, proposals))
                                .toList(),
                        score(candidate.score()),
                        score(candidate.product().publish().minScore()),
                        store.flatMap(StorePlace::encryptedAtRest));
        Decision decision =
                governance.publish(
                        Governance.subject(caller),
                        release,
                        store.map(place -> place.region().toString()).orElse(region));
        boolean isAllowed = decision instanceof Decision.Allow;
        audit.record(
                candidate.runId(),
                caller,
                ACTION,
                declared.id(),
                isAllowed ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                Map.of(
                        "run",
                        candidate.runId(),
                        "reasons",
                        String.join("; ", decision.reasons()),
                        "policy",
                        decision.revision()));
        return new ReleaseGate.Verdict(
                isAllowed ? List.of() : refusals(decision, release, proposals), proposals);
    }

    private static BigDecimal score(double score) {
        return BigDecimal.valueOf(score).setScale(SCORE_DECIMALS, RoundingMode.DOWN);
    }

    /// What the policies say, and for each column that waits for its owner what speaks for it.
    private static List<String> refusals(
            Decision decision, Resource release, List<ColumnProposal> proposals) {
        List<String> refusals =
                new ArrayList<>(
                        decision.reasons().stream().map(reason -> "policy: " + reason).toList());
        for (Column column : release.columns()) {
            String named = "\"" + column.name() + "\"";
            boolean isNamed =
                    !column.looksLike().isEmpty()
                            && decision.reasons().stream()
                                    .anyMatch(reason -> reason.contains(named));
            if (isNamed) {
                surest(proposals, column.name())
                        .ifPresent(proposal -> refusals.add(evidence(proposal)));
            }
        }
        return refusals;
    }

    private static String evidence(ColumnProposal proposal) {
        return String.format(
                Locale.ROOT,
                "column %s: %s (confidence %.2f)",
                proposal.path(),
                String.join("; ", proposal.evidence()),
                proposal.confidence());
    }

    private List<ColumnProposal> proposals(List<ColumnSample> samples, List<Column> columns) {
        Map<String, String> decided =
                columns.stream()
                        .collect(
                                Collectors.toMap(
                                        Column::name,
                                        GovernedReleases::decided,
                                        (first, second) -> first));
        return samples.stream()
                .flatMap(sample ->
                        detector.look(sample).stream()
                                .map(proposal ->
                                        proposal.with(decided.getOrDefault(sample.column(), ""))))
                .toList();
    }

    private static String decided(Column column) {
        return column.tags().contains(NOT_PERSONAL) && column.classification().isEmpty()
                ? NOT_PERSONAL
                : column.classification();
    }

    private static Column looked(Column column, List<ColumnProposal> proposals) {
        return surest(proposals, column.name())
                .map(proposal ->
                        new Column(
                                column.name(),
                                column.classification(),
                                column.tags(),
                                proposal.kind(),
                                proposal.confidence()))
                .orElse(column);
    }

    private static Optional<ColumnProposal> surest(List<ColumnProposal> proposals, String column) {
        return proposals.stream()
                .filter(proposal -> proposal.column().equals(column))
                .max(Comparator.comparingDouble(ColumnProposal::confidence));
    }
}
