package dev.sheaf.governance.grant;

import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// People and grants to test with: Ana asks for customers, Olga and Otto own them.
final class Grants {
    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    static final Duration MONTH = Duration.ofDays(30);
    static final ProductName CUSTOMERS = ProductName.parse("customer.customers");
    static final GrantActor OLGA = actor("olga", Set.of(), "customer");
    static final GrantActor OTTO = actor("otto", Set.of(), "customer");
    static final GrantActor ANA = actor("ana", Set.of(), "sales");
    static final GrantTransitions TRANSITIONS = new GrantTransitions(GrantRules.DEFAULT);

    private Grants() {}

    static GrantActor actor(String id, Set<String> roles, String domain) {
        return new GrantActor(new Subject(id, "user", Set.of(), roles, Set.of(domain)));
    }

    static Grant asked() {
        return asked("ana", "ana");
    }

    static Grant asked(String by, String holder) {
        return Grant.asked(
                "g1",
                new GrantRequest(
                        CUSTOMERS,
                        GrantSubject.parse(holder),
                        "churn",
                        new GrantTerms(NOON, NOON.plus(MONTH), true),
                        "",
                        by,
                        NOON));
    }

    static GrantChoice approve() {
        return new GrantChoice.Approve(Optional.empty(), false, "");
    }

    static GrantChoice deny() {
        return new GrantChoice.Deny("not for this");
    }

    static GrantChoice revoke() {
        return new GrantChoice.Revoke("the project has ended");
    }

    /// As Olga decides.
    static Grant decided(Grant grant, GrantChoice choice, Instant now) {
        return grant.with(
                "k" + grant.decisions().size(), TRANSITIONS.decide(grant, OLGA, choice, now));
    }
}
