package dev.sheaf.governance.grant;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;

/// What may become of a grant, and by whom. Moments are kept to the millisecond.
///
/// | from | approve | deny | revoke | its end |
/// | --- | --- | --- | --- | --- |
/// | requested | approved | denied | refused | expired |
/// | approved | refused | refused | revoked | expired |
/// | denied, revoked, expired | refused | refused | refused | - |
public final class GrantTransitions {
    private final GrantRules rules;

    public GrantTransitions(GrantRules rules) {
        this.rules = rules;
    }

    /// A request as it is kept. Whether the asker may know of the product is for the caller to have
    /// checked.
    ///
    /// @param known grants, among them those that the asker has asked for
    /// @throws Problem INVALID_VALUE for an end that has passed or is too far, and for texts;
    ///   CONFLICT when the same waits for a decision already; LIMIT_EXCEEDED when too much does
    public GrantRequest ask(GrantAsk ask, String asker, Instant moment, Collection<Grant> known) {
        Instant now = moment.truncatedTo(ChronoUnit.MILLIS);
        Instant until = ask.until().truncatedTo(ChronoUnit.MILLIS);
        Instant wantedFrom = ask.from().orElse(now).truncatedTo(ChronoUnit.MILLIS);
        Instant from = wantedFrom.isBefore(now) ? now : wantedFrom;
        requireFuture(until, now);
        if (Duration.between(from, until).compareTo(rules.longest()) > 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the grant would last from "
                            + from
                            + " to "
                            + until
                            + "; at most "
                            + rules.longest().toDays()
                            + " days are allowed. Name an earlier end, and ask again before it");
        }
        GrantRequest request =
                new GrantRequest(
                        ask.product(),
                        ask.subject().orElseGet(() -> GrantSubject.parse(asker)),
                        ask.purpose(),
                        new GrantTerms(from, until, ask.isClear()),
                        ask.reason(),
                        asker,
                        now);
        requireNew(request, now, known);
        return request;
    }

    private void requireNew(GrantRequest request, Instant now, Collection<Grant> known) {
        int open = 0;
        for (Grant grant : known) {
            GrantRequest other = grant.request();
            if (grant.state(now) != GrantState.REQUESTED) {
                continue;
            }
            if (other.product().equals(request.product())
                    && other.subject().equals(request.subject())
                    && other.purpose().equals(request.purpose())
                    && other.askedBy().equals(request.askedBy())) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "you have asked for the same already, and "
                                + grant.id()
                                + " waits for a decision",
                        Map.of("grant", grant.id()),
                        null);
            }
            open += other.askedBy().equals(request.askedBy()) ? 1 : 0;
        }
        if (open >= rules.openMax()) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    open
                            + " of your requests wait for a decision, and "
                            + rules.openMax()
                            + " may at once; ask the products' owners to decide");
        }
    }

    private static void requireFuture(Instant until, Instant now) {
        if (!until.isAfter(now)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the grant would end at "
                            + until
                            + ", which has passed: it is "
                            + now
                            + ". Name a later end");
        }
    }

    /// @param actor who may see the grant
    /// @throws Problem FORBIDDEN when they do not own the product, or approve for themselves;
    ///   CONFLICT when the grant's state does not allow it; INVALID_VALUE for an end that cannot
    ///   be, and for texts
    public GrantDecision decide(Grant grant, GrantActor actor, GrantChoice choice, Instant moment) {
        Instant now = moment.truncatedTo(ChronoUnit.MILLIS);
        if (!actor.owns(grant)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "your token does not cover the domain "
                            + grant.request().product().domain()
                            + ", whose people alone decide on "
                            + grant.id());
        }
        return switch (choice) {
            case GrantChoice.Approve approve -> approval(grant, actor, approve, now);
            case GrantChoice.Deny(String reason) -> {
                require(grant, GrantState.REQUESTED, "denied", now);
                yield new GrantDecision.Denial(actor.name(), now, reason);
            }
            case GrantChoice.Revoke(String reason) -> {
                require(grant, GrantState.APPROVED, "revoked", now);
                yield new GrantDecision.Revocation(actor.name(), now, reason);
            }
        };
    }

    private GrantDecision approval(
            Grant grant, GrantActor actor, GrantChoice.Approve approve, Instant now) {
        require(grant, GrantState.REQUESTED, "approved", now);
        if (rules.isFourEyes() && actor.isParty(grant)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    grant.id()
                            + " is your own request, which somebody else of the domain "
                            + grant.request().product().domain()
                            + " has to approve");
        }
        GrantTerms wanted = grant.request().wanted();
        Instant until = approve.until().orElse(wanted.until()).truncatedTo(ChronoUnit.MILLIS);
        requireFuture(until, now);
        if (until.isAfter(wanted.until())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the grant would end at "
                            + until
                            + ", later than was asked for ("
                            + wanted.until()
                            + "); approve it up to that, and let them ask again before it");
        }
        Instant from = wanted.from().isBefore(now) ? now : wanted.from();
        if (!until.isAfter(from)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the grant would end at "
                            + until
                            + ", before it begins at "
                            + from
                            + "; name a later end, or deny it");
        }
        return new GrantDecision.Approval(
                actor.name(),
                now,
                new GrantTerms(from, until, wanted.isClear() && !approve.isMasked()),
                approve.reason());
    }

    private static void require(Grant grant, GrantState wanted, String done, Instant now) {
        GrantState state = grant.state(now);
        if (state != wanted) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    grant.id()
                            + " cannot be "
                            + done
                            + ": it is "
                            + state.text()
                            + wayOut(state, wanted),
                    Map.of("state", state.text()),
                    null);
        }
    }

    private static String wayOut(GrantState state, GrantState wanted) {
        return switch (state) {
            case REQUESTED -> ", and nothing was approved yet; deny it instead";
            case APPROVED -> "; to end it, revoke it, and for other terms let them ask again";
            case DENIED, REVOKED -> ", which is final; it takes a new request to change that";
            case EXPIRED ->
                    wanted == GrantState.REQUESTED
                            ? ", as what was asked for has ended; it takes a new request"
                            : ", as it has ended by itself";
        };
    }
}
