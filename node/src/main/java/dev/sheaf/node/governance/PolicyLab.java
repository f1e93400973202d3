package dev.sheaf.node.governance;

import dev.sheaf.client.PolicyLabAnswer;
import dev.sheaf.client.PolicyLabDecision;
import dev.sheaf.client.PolicyLabRequest;
import dev.sheaf.client.PolicyLabStatement;
import dev.sheaf.client.PolicyLabSubject;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Explainer;
import dev.sheaf.governance.decision.Explanation;
import dev.sheaf.governance.decision.MaskSql;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.RewrittenQuery;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Tells what the policies in force say to a question or of a statement, as anybody, and why.
/// Nothing is run, nothing is remembered, and the key of masks is not shown. For any thread.
public final class PolicyLab {
    /// Of the masks that are shown.
    private static final String NO_KEY = "0".repeat(64);

    private static final int ID_BYTES = 16;
    private static final int DECISIONS_MAX = 100;

    /// What the lab looks at.
    ///
    /// @param decides whether the policies in force decide at this node
    public record Bench(
            Decider decider,
            boolean decides,
            GrantSource grants,
            ProductResources resources,
            String region,
            QueryService queries) {}

    private final Bench bench;
    private final RandomGenerator random;
    private final Clock clock;

    public PolicyLab(Bench bench, RandomGenerator random, Clock clock) {
        this.bench = bench;
        this.random = random;
        this.clock = clock;
    }

    /// @throws Problem BAD_REQUEST when there is nothing to look at, INVALID_POLICY when nothing is
    ///   in force
    public PolicyLabAnswer look(PolicyLabRequest request) {
        if (request.input().isEmpty() && request.sql().isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "give an input document, or a statement (sql)");
        }
        if (request.sql().isPresent() && request.user().isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "a statement needs a user as whom it is looked at");
        }
        PolicySet policies =
                bench.decider()
                        .inForce()
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.INVALID_POLICY,
                                        "no policies are in force, everything is denied"));
        Look look = new Look(new Explainer(policies, System::nanoTime, random));
        request.input().ifPresent(input -> look.at(input(request, JsonValues.of(input))));
        Optional<PolicyLabStatement> statement = Optional.empty();
        Optional<String> refused = Optional.empty();
        if (request.sql().isPresent() && request.user().isPresent()) {
            try {
                statement =
                        Optional.of(
                                look.at(
                                        request.sql().get(),
                                        caller(request.user().get(), request)));
            } catch (Problem problem) {
                refused = Optional.of(saidOf(problem));
            }
        }
        return new PolicyLabAnswer(
                policies.revision(), bench.decides(), look.decisions, statement, refused);
    }

    /// @throws Problem the same one, when it is not about the statement
    private static String saidOf(Problem problem) {
        return switch (problem.code()) {
            case NOT_FOUND, INVALID_SQL, SQL_NOT_ALLOWED, FORBIDDEN -> problem.message();
            default -> throw problem;
        };
    }

    private static ObjectValue input(PolicyLabRequest request, dev.sheaf.rego.value.Value given) {
        if (!(given instanceof ObjectValue input)) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the input document is no object");
        }
        ObjectValue.Builder changed = new ObjectValue.Builder(input.size() + 2).putAll(input);
        request.user()
                .ifPresent(user ->
                        changed.put(
                                "subject",
                                Governance.subject(
                                                user.subject(),
                                                Set.copyOf(user.roles()),
                                                Set.copyOf(user.domains()))
                                        .toValue()));
        request.purpose()
                .ifPresent(purpose -> {
                    ObjectValue.Builder context = new ObjectValue.Builder();
                    if (input.get("context") instanceof ObjectValue before) {
                        context.putAll(before);
                    }
                    changed.put("context", context.put("purpose", StringValue.of(purpose)).build());
                });
        return changed.build();
    }

    private static Caller caller(PolicyLabSubject user, PolicyLabRequest request) {
        return new Caller(
                user.subject(),
                Set.copyOf(user.roles()),
                Set.copyOf(user.domains()),
                request.purpose().orElse(""));
    }

    /// One look, with the decisions that it took.
    private final class Look {
        private final Explainer explainer;
        private final List<PolicyLabDecision> decisions = new ArrayList<>();

        Look(Explainer explainer) {
            this.explainer = explainer;
        }

        Decision at(ObjectValue input) {
            Explanation explained = explainer.explain(input, clock.instant());
            if (decisions.size() < DECISIONS_MAX) {
                decisions.add(
                        new PolicyLabDecision(
                                JsonValues.toJson(input),
                                DryRun.answer(explained.decision()),
                                explained.document().map(JsonValues::toJson),
                                explained.trace(),
                                explained.notes()));
            }
            return explained.decision();
        }

        private Decision at(Question question) {
            return at(question.toInput());
        }

        PolicyLabStatement at(String sql, Caller caller) {
            Governance governance =
                    new Governance(
                            this::at, bench.grants(), bench.resources(), bench.region(), clock);
            RewrittenQuery rewritten =
                    bench.queries()
                            .rewritten(
                                    QueryRequest.of(id(), sql, caller),
                                    new GovernedTables(governance, new MaskSql(NO_KEY)));
            return new PolicyLabStatement(
                    rewritten.sql(),
                    rewritten.views().stream()
                            .map(view ->
                                    new PolicyLabStatement.View(
                                            view.product().toString(),
                                            view.release(),
                                            view.name(),
                                            view.sql()))
                            .toList());
        }

        private String id() {
            byte[] bytes = new byte[ID_BYTES];
            random.nextBytes(bytes);
            return "lab-" + HexFormat.of().formatHex(bytes);
        }
    }
}
