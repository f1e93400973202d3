package dev.sheaf.node.governance;

import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.DecisionMaker;
import dev.sheaf.governance.decision.DocumentIds;
import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.Principal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Asks the policies in force about context: reads, writes and erasures of callers, and whether a
/// type may go to a region. For any thread.
///
/// An answer is kept for at most a second, for all documents of the type where policies do not look
/// at their ids, and only as long as the same policies are in force, the caller has the same
/// grants, none of them begins or ends, and the type is declared as it was.
public final class GovernedContexts {
    /// How long an answer counts at most, for policies that look at the time or ask outside.
    static final Duration KEPT_MAX = Duration.ofSeconds(1);

    private static final int ANSWERS_MAX = 20_000;

    private final DecisionMaker decisions;
    private final Supplier<Optional<PolicySet>> inForce;
    private final GrantSource grants;
    private final ContextResources resources;
    private final RegionName region;
    private final Clock clock;
    private final Map<Key, Answer> answers = new ConcurrentHashMap<>();

    private volatile Looked looked = new Looked(Optional.empty(), true);

    /// Whether policies look at the ids of documents.
    private record Looked(Optional<PolicySet> policies, boolean atIds) {}

    private record Key(Subject subject, Action action, String id, String purpose) {}

    /// @param inForce what decided
    private record Answer(
            Decision decision,
            Optional<PolicySet> inForce,
            List<GrantFacts> grants,
            DeclaredType type,
            Instant from,
            Instant until) {
        boolean counts(
                Optional<PolicySet> policies,
                List<GrantFacts> held,
                DeclaredType declared,
                Instant now) {
            return policies.equals(inForce)
                    && declared.equals(type)
                    && held.equals(grants)
                    && !now.isBefore(from)
                    && now.isBefore(until);
        }
    }

    /// @param inForce the policies that decide now; empty where something outside does
    /// @param region of this node, to which answers go
    public GovernedContexts(
            DecisionMaker decisions,
            Supplier<Optional<PolicySet>> inForce,
            GrantSource grants,
            RegionName region,
            Clock clock) {
        this.decisions = decisions;
        this.inForce = inForce;
        this.grants = grants;
        this.resources = new ContextResources(region.toString());
        this.region = region;
        this.clock = clock;
    }

    /// This node's.
    public RegionName region() {
        return region;
    }

    /// About a type as a whole: its list, its stream, its conflicts.
    ///
    /// @param purpose as the caller says; empty when they do not
    public Decision decide(Principal caller, Action action, DeclaredType type, String purpose) {
        return kept(Governance.subject(caller), action, type, Optional.empty(), purpose);
    }

    /// About one document.
    public Decision decide(
            Principal caller, Action action, DeclaredType type, String document, String purpose) {
        return kept(Governance.subject(caller), action, type, Optional.of(document), purpose);
    }

    /// Whether the caller may know of the type: they may read it, for what they say or for what a
    /// grant of theirs says.
    public boolean mayKnow(Principal caller, DeclaredType type, String purpose) {
        return mayRead(caller, type, purpose)
                || held(Governance.subject(caller), type).stream()
                        .map(GrantFacts::purpose)
                        .distinct()
                        .anyMatch(said -> mayRead(caller, type, said));
    }

    private boolean mayRead(Principal caller, DeclaredType type, String purpose) {
        return decide(caller, Action.CONTEXT_READ, type, purpose) instanceof Decision.Allow;
    }

    private List<GrantFacts> held(Subject subject, DeclaredType type) {
        return isGrantable(type) ? grants.of(subject, type.name()) : List.of();
    }

    /// Whether grants can name the type. They name `domain.name`, and the owners of that domain
    /// decide on them: so it has to be the domain that owns the type.
    public static boolean isGrantable(DeclaredType type) {
        String domain = type.type().domain().value() + ".";
        return type.name().startsWith(domain) && type.name().indexOf('.', domain.length()) < 0;
    }

    private Decision kept(
            Subject subject,
            Action action,
            DeclaredType type,
            Optional<String> document,
            String purpose) {
        Optional<PolicySet> policies = inForce.get();
        String id = document.map(each -> type.name() + "/" + each).orElse(type.name());
        Key key = new Key(subject, action, looksAtIds(policies) ? id : type.name(), purpose);
        List<GrantFacts> held = held(subject, type);
        Instant now = clock.instant();
        Answer known = answers.get(key);
        if (known != null && known.counts(policies, held, type, now)) {
            return known.decision();
        }
        Decision decision =
                decide(
                        subject,
                        action,
                        resources.of(type, id),
                        now,
                        purpose,
                        region.toString(),
                        held);
        if (answers.size() >= ANSWERS_MAX) {
            answers.clear();
        }
        answers.put(key, new Answer(decision, policies, held, type, now, until(held, now)));
        return decision;
    }

    /// Whether answers differ from document to document of a type.
    public boolean looksAtIds() {
        return looksAtIds(inForce.get());
    }

    private boolean looksAtIds(Optional<PolicySet> policies) {
        Looked known = looked;
        if (!known.policies().equals(policies)) {
            known = new Looked(policies, policies.map(DocumentIds::matterTo).orElse(true));
            looked = known;
        }
        return known.atIds();
    }

    /// The next instant at which a grant begins or ends, at most a second from now.
    private static Instant until(List<GrantFacts> held, Instant now) {
        return held.stream()
                .flatMap(grant -> Stream.of(grant.from(), grant.until()))
                .filter(now::isBefore)
                .reduce(now.plus(KEPT_MAX), (first, each) -> each.isBefore(first) ? each : first);
    }

    /// Whether documents of a type may go to a region, as far as the type itself lets them. Who
    /// asks is this node, for the domain that owns the type.
    public Decision replicate(DeclaredType type, RegionName destination) {
        Subject node =
                new Subject(
                        "node/" + region,
                        "service",
                        Set.of(),
                        Set.of(),
                        Set.of(type.type().domain().value()));
        return decide(
                node,
                Action.CONTEXT_REPLICATE,
                resources.goingTo(type, destination),
                clock.instant(),
                "",
                destination.toString(),
                List.of());
    }

    private Decision decide(
            Subject subject,
            Action action,
            Resource resource,
            Instant now,
            String purpose,
            String destination,
            List<GrantFacts> held) {
        return decisions.decide(
                new Question(
                        subject,
                        action,
                        resource,
                        new Circumstances(now, purpose, destination, "", held)));
    }
}
