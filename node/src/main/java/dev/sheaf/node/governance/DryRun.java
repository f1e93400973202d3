package dev.sheaf.node.governance;

import dev.sheaf.client.PolicyAnswer;
import dev.sheaf.client.PolicyComparison;
import dev.sheaf.client.PolicyDifference;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.MaskWriter;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.rego.value.JsonValues;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Asks two sets of policies the same questions, and tells where they differ: the questions that
/// were asked lately, and those about every product that there is by every subject that was seen
/// lately or holds a grant. Changes nothing. For any thread.
public final class DryRun {
    static final int QUESTIONS_MAX = 50_000;
    static final int DIFFERENCES_MAX = 1_000;
    private static final Duration TIME_MAX = Duration.ofSeconds(20);
    private static final String ENGINE = "duckdb";

    private static final List<Action> ABOUT_PRODUCTS =
            List.of(
                    Action.PRODUCT_DESCRIBE,
                    Action.PRODUCT_QUERY,
                    Action.PRODUCT_SAMPLE,
                    Action.PRODUCT_PUBLISH,
                    Action.PRODUCT_APPLY,
                    Action.PRODUCT_ROLLBACK,
                    Action.PRODUCT_TRANSFER,
                    Action.PRODUCT_DELETE);

    /// What there is to ask about.
    ///
    /// @param holders subjects with grants
    public record Known(
            RecentQuestions recent,
            Supplier<List<ProductSpec>> products,
            Supplier<List<Subject>> holders,
            GrantSource grants,
            ProductResources resources) {}

    private final Decider decider;
    private final Known known;
    private final String region;
    private final Clock clock;

    /// @param region of this node
    public DryRun(Decider decider, Known known, String region, Clock clock) {
        this.decider = decider;
        this.known = known;
        this.region = region;
        this.clock = clock;
    }

    /// Against what is in force.
    public PolicyComparison compare(PolicySet after) {
        Round round = new Round(decider.inForce(), after, clock.instant());
        List<Question> recent = known.recent().questions();
        recent.forEach(question -> round.ask(PolicyDifference.Origin.RECENT, question));
        Set<Subject> subjects = new LinkedHashSet<>();
        recent.forEach(question -> subjects.add(question.subject()));
        subjects.addAll(known.holders().get());
        for (ProductSpec product : known.products().get()) {
            for (Subject subject : subjects) {
                if (round.isFull()) {
                    return round.comparison();
                }
                round.ask(product, subject);
            }
        }
        return round.comparison();
    }

    /// One comparison.
    private final class Round {
        private final Optional<PolicySet> before;
        private final PolicySet after;
        private final Instant now;
        private final Governance governance;
        private final Set<Question> asked = new HashSet<>();
        private final List<PolicyDifference> differences = new ArrayList<>();
        private boolean isTruncated;

        Round(Optional<PolicySet> before, PolicySet after, Instant now) {
            this.before = before;
            this.after = after;
            this.now = now;
            this.governance =
                    new Governance(
                            question -> {
                                ask(PolicyDifference.Origin.PRODUCT, question);
                                return new Decision.Deny(purposes(question), "");
                            },
                            known.grants(),
                            known.resources(),
                            region,
                            clock);
        }

        /// For each action; reading for each purpose of the subject's grants too.
        void ask(ProductSpec product, Subject subject) {
            for (Action action : ABOUT_PRODUCTS) {
                for (String purpose : asked(product, subject, action, "").reasons()) {
                    asked(product, subject, action, purpose);
                }
            }
        }

        private Decision asked(
                ProductSpec product, Subject subject, Action action, String purpose) {
            return governance.decide(
                    subject,
                    action,
                    governance.resource(product),
                    purpose,
                    action == Action.PRODUCT_QUERY ? ENGINE : "");
        }

        private static List<String> purposes(Question question) {
            return question.circumstances().grants().stream()
                    .map(GrantFacts::purpose)
                    .distinct()
                    .toList();
        }

        boolean isFull() {
            boolean isLate = Duration.between(now, clock.instant()).compareTo(TIME_MAX) > 0;
            isTruncated |=
                    isLate
                            || asked.size() >= QUESTIONS_MAX
                            || differences.size() >= DIFFERENCES_MAX;
            return isTruncated;
        }

        void ask(PolicyDifference.Origin origin, Question question) {
            if (isFull() || !asked.add(RecentQuestions.timeless(question))) {
                return;
            }
            Question current = at(question);
            Decision old =
                    before.map(set -> decider.decide(current, set))
                            .orElseGet(() -> new Decision.Deny(List.of("policy.missing"), ""));
            Decision changed = decider.decide(current, after);
            if (isDifferent(old, changed)) {
                differences.add(
                        new PolicyDifference(
                                origin,
                                current.subject().id(),
                                current.action().text(),
                                current.resource().id(),
                                current.circumstances().purpose(),
                                current.circumstances().grants().stream()
                                        .map(GrantFacts::id)
                                        .toList(),
                                answer(old),
                                answer(changed)));
            }
        }

        private Question at(Question question) {
            Circumstances then = question.circumstances();
            return new Question(
                    question.subject(),
                    question.action(),
                    question.resource(),
                    new Circumstances(
                            now, then.purpose(), then.destination(), then.engine(), then.grants()));
        }

        PolicyComparison comparison() {
            return new PolicyComparison(
                    before.map(PolicySet::revision).orElse(""),
                    after.revision(),
                    asked.size(),
                    isTruncated,
                    differences);
        }
    }

    private static boolean isDifferent(Decision old, Decision changed) {
        return switch (old) {
            case Decision.Deny denied -> changed instanceof Decision.Allow;
            case Decision.Allow allowed ->
                    !(changed instanceof Decision.Allow other)
                            || !allowed.masks().equals(other.masks())
                            || !Set.copyOf(allowed.filters()).equals(Set.copyOf(other.filters()));
        };
    }

    static PolicyAnswer answer(Decision decision) {
        return switch (decision) {
            case Decision.Deny denied ->
                    new PolicyAnswer(false, denied.reasons(), Map.of(), List.of());
            case Decision.Allow allowed -> {
                Map<String, JsonNode> masks = new TreeMap<>();
                allowed.masks()
                        .forEach((column, mask) ->
                                masks.put(column, JsonValues.toJson(MaskWriter.write(mask))));
                yield new PolicyAnswer(true, allowed.reasons(), masks, allowed.filters());
            }
        };
    }
}
