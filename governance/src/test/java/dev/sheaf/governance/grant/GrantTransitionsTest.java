package dev.sheaf.governance.grant;

import static dev.sheaf.governance.grant.Grants.ANA;
import static dev.sheaf.governance.grant.Grants.CUSTOMERS;
import static dev.sheaf.governance.grant.Grants.MONTH;
import static dev.sheaf.governance.grant.Grants.NOON;
import static dev.sheaf.governance.grant.Grants.OLGA;
import static dev.sheaf.governance.grant.Grants.OTTO;
import static dev.sheaf.governance.grant.Grants.TRANSITIONS;
import static dev.sheaf.governance.grant.Grants.approve;
import static dev.sheaf.governance.grant.Grants.asked;
import static dev.sheaf.governance.grant.Grants.decided;
import static dev.sheaf.governance.grant.Grants.deny;
import static dev.sheaf.governance.grant.Grants.revoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class GrantTransitionsTest {
    private static final Instant LATER = NOON.plus(Duration.ofDays(1));
    private static final Instant AFTER_ALL = NOON.plus(MONTH);

    /// Each state with each choice: what becomes of it, or that it is refused.
    @ParameterizedTest
    @CsvSource({
        "REQUESTED, approve, APPROVED",
        "REQUESTED, deny,    DENIED",
        "REQUESTED, revoke,  -",
        "APPROVED,  approve, -",
        "APPROVED,  deny,    -",
        "APPROVED,  revoke,  REVOKED",
        "DENIED,    approve, -",
        "DENIED,    deny,    -",
        "DENIED,    revoke,  -",
        "REVOKED,   approve, -",
        "REVOKED,   deny,    -",
        "REVOKED,   revoke,  -",
        "EXPIRED,   approve, -",
        "EXPIRED,   deny,    -",
        "EXPIRED,   revoke,  -",
        "LAPSED,    approve, -",
        "LAPSED,    deny,    -",
        "LAPSED,    revoke,  -",
    })
    void everyPairOfStateAndChoice(String state, String choice, String becomes) {
        Instant now = state.equals("EXPIRED") || state.equals("LAPSED") ? AFTER_ALL : LATER;
        Grant grant = in(state);
        GrantState before = grant.state(now);
        assertEquals(state.equals("LAPSED") ? "EXPIRED" : state, before.name());
        if (becomes.equals("-")) {
            Problem refused =
                    assertThrows(
                            Problem.class,
                            () -> TRANSITIONS.decide(grant, OLGA, choice(choice), now));
            assertEquals(ProblemCode.CONFLICT, refused.code());
            assertTrue(refused.message().contains(before.text()), refused.message());
            assertEquals(before.text(), refused.details().get("state"));
        } else {
            assertEquals(becomes, decided(grant, choice(choice), now).state(now).name());
        }
    }

    private static Grant in(String state) {
        Grant grant = asked();
        return switch (state) {
            case "APPROVED", "EXPIRED" -> decided(grant, approve(), NOON);
            case "DENIED" -> decided(grant, deny(), NOON);
            case "REVOKED" -> decided(decided(grant, approve(), NOON), revoke(), NOON);
            default -> grant;
        };
    }

    private static GrantChoice choice(String name) {
        return switch (name) {
            case "approve" -> approve();
            case "deny" -> deny();
            default -> revoke();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "deny", "revoke"})
    void whoDoesNotOwnTheProductDecidesNothing(String choice) {
        for (Grant grant : List.of(asked(), decided(asked(), approve(), NOON))) {
            assertEquals(
                    ProblemCode.FORBIDDEN,
                    code(() -> TRANSITIONS.decide(grant, ANA, choice(choice), LATER)));
        }
    }

    @Test
    void nobodyApprovesWhatTheyAskedForOrWouldHold() {
        for (Grant own :
                List.of(asked("olga", "olga"), asked("olga", "ana"), asked("ana", "olga"))) {
            assertEquals(
                    ProblemCode.FORBIDDEN,
                    code(() -> TRANSITIONS.decide(own, OLGA, approve(), LATER)));
            assertTrue(
                    TRANSITIONS.decide(own, OTTO, approve(), LATER)
                            instanceof GrantDecision.Approval);
            assertTrue(
                    TRANSITIONS.decide(own, OLGA, deny(), LATER) instanceof GrantDecision.Denial,
                    "one may well refuse oneself");
        }
    }

    @Test
    void aSettingLetsPeopleApproveTheirOwn() {
        GrantTransitions alone =
                new GrantTransitions(new GrantRules(Duration.ofDays(365), false, 100));
        assertTrue(
                alone.decide(asked("olga", "olga"), OLGA, approve(), LATER)
                        instanceof GrantDecision.Approval);
    }

    @Test
    void anApprovalGoesNoFurtherThanTheRequest() {
        Grant grant = asked();
        Instant week = NOON.plus(Duration.ofDays(7));
        GrantDecision.Approval narrow =
                (GrantDecision.Approval)
                        TRANSITIONS.decide(
                                grant,
                                OLGA,
                                new GrantChoice.Approve(Optional.of(week), true, "a week will do"),
                                LATER);
        assertEquals(new GrantTerms(LATER, week, false), narrow.terms());
        for (Instant wrong : List.of(AFTER_ALL.plusSeconds(1), LATER, NOON)) {
            assertEquals(
                    ProblemCode.INVALID_VALUE,
                    code(() ->
                            TRANSITIONS.decide(
                                    grant,
                                    OLGA,
                                    new GrantChoice.Approve(Optional.of(wrong), false, ""),
                                    LATER)));
        }
    }

    @Test
    void whatNobodyAskedToSeeIsNotShown() {
        GrantAsk masked = ask("churn", AFTER_ALL);
        Grant grant = Grant.asked("g2", TRANSITIONS.ask(masked, "ana", NOON, List.of()));
        assertEquals(
                Optional.of(new GrantTerms(LATER, AFTER_ALL, false)),
                decided(grant, approve(), LATER).terms());
    }

    @Test
    void refusalsNeedAReason() {
        Grant approved = decided(asked(), approve(), NOON);
        for (String none : List.of("", "  ")) {
            assertEquals(
                    ProblemCode.INVALID_VALUE,
                    code(() ->
                            TRANSITIONS.decide(asked(), OLGA, new GrantChoice.Deny(none), LATER)));
            assertEquals(
                    ProblemCode.INVALID_VALUE,
                    code(() ->
                            TRANSITIONS.decide(
                                    approved, OLGA, new GrantChoice.Revoke(none), LATER)));
        }
    }

    @Test
    void aRequestIsForTheAskerAndFromNowOnIfItSaysNothingElse() {
        GrantRequest request = TRANSITIONS.ask(ask("churn", AFTER_ALL), "ana", NOON, List.of());
        assertEquals(new GrantSubject.User("ana"), request.subject());
        assertEquals(new GrantTerms(NOON, AFTER_ALL, false), request.wanted());
        GrantAsk past = from(NOON.minus(MONTH));
        assertEquals(NOON, TRANSITIONS.ask(past, "ana", NOON, List.of()).wanted().from());
        GrantAsk coming = from(LATER);
        assertEquals(LATER, TRANSITIONS.ask(coming, "ana", NOON, List.of()).wanted().from());
    }

    private static GrantAsk from(Instant from) {
        return new GrantAsk(
                CUSTOMERS, Optional.empty(), "churn", Optional.of(from), AFTER_ALL, false, "");
    }

    @Test
    void aRequestEndsLaterThanNowAndWithinAYear() {
        Instant year = NOON.plus(Duration.ofDays(365));
        assertEquals(
                year, TRANSITIONS.ask(ask("churn", year), "ana", NOON, List.of()).wanted().until());
        for (Instant wrong : List.of(year.plusSeconds(1), NOON, NOON.minusSeconds(1))) {
            assertEquals(
                    ProblemCode.INVALID_VALUE,
                    code(() -> TRANSITIONS.ask(ask("churn", wrong), "ana", NOON, List.of())),
                    wrong.toString());
        }
        GrantAsk backwards =
                new GrantAsk(
                        CUSTOMERS,
                        Optional.empty(),
                        "churn",
                        Optional.of(AFTER_ALL.plusSeconds(1)),
                        AFTER_ALL,
                        false,
                        "");
        assertEquals(
                ProblemCode.INVALID_VALUE,
                code(() -> TRANSITIONS.ask(backwards, "ana", NOON, List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " churn",
                "churn ",
                "churn\nfraud",
                "churn\u202Edrow",
                "churn\u200B",
                "churn\uD800",
                "churn\u2028",
            })
    void aPurposeIsALineOfPlainText(String purpose) {
        assertEquals(
                ProblemCode.INVALID_VALUE,
                code(() -> TRANSITIONS.ask(ask(purpose, AFTER_ALL), "ana", NOON, List.of())));
    }

    @Test
    void textsAreBounded() {
        String longest = "é".repeat(200);
        assertEquals(
                longest,
                TRANSITIONS.ask(ask(longest, AFTER_ALL), "ana", NOON, List.of()).purpose());
        assertEquals(
                ProblemCode.INVALID_VALUE,
                code(() -> TRANSITIONS.ask(ask(longest + "é", AFTER_ALL), "ana", NOON, List.of())));
        assertEquals(
                ProblemCode.INVALID_VALUE,
                code(() ->
                        TRANSITIONS.decide(
                                asked(), OLGA, new GrantChoice.Deny("x".repeat(1001)), LATER)));
        assertEquals(ProblemCode.INVALID_VALUE, code(() -> GrantSubject.parse("x".repeat(201))));
    }

    @Test
    void theSameIsAskedForOnceAtATime() {
        Grant first =
                Grant.asked("g7", TRANSITIONS.ask(ask("churn", AFTER_ALL), "ana", NOON, List.of()));
        Problem twice =
                assertThrows(
                        Problem.class,
                        () ->
                                TRANSITIONS.ask(
                                        ask("churn", AFTER_ALL), "ana", LATER, List.of(first)));
        assertEquals(ProblemCode.CONFLICT, twice.code());
        assertEquals("g7", twice.details().get("grant"));
        assertEquals(
                "fraud",
                TRANSITIONS.ask(ask("fraud", AFTER_ALL), "ana", LATER, List.of(first)).purpose());
        Grant approved = decided(first, approve(), LATER);
        assertEquals(
                "churn",
                TRANSITIONS.ask(ask("churn", AFTER_ALL), "ana", LATER, List.of(approved)).purpose(),
                "so that a grant can be renewed before it ends");
    }

    @Test
    void nobodyLetsMoreThanAHundredRequestsWait() {
        List<Grant> known = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            known.add(
                    Grant.asked(
                            "g" + number,
                            TRANSITIONS.ask(ask("p" + number, AFTER_ALL), "ana", NOON, known)));
        }
        assertEquals(
                ProblemCode.LIMIT_EXCEEDED,
                code(() -> TRANSITIONS.ask(ask("p100", AFTER_ALL), "ana", NOON, known)));
        assertEquals("bob", TRANSITIONS.ask(ask("p100", AFTER_ALL), "bob", NOON, known).askedBy());
        known.set(0, decided(known.getFirst(), deny(), NOON));
        assertEquals("ana", TRANSITIONS.ask(ask("p100", AFTER_ALL), "ana", NOON, known).askedBy());
    }

    private static GrantAsk ask(String purpose, Instant until) {
        return new GrantAsk(
                CUSTOMERS, Optional.empty(), purpose, Optional.empty(), until, false, "");
    }

    private static ProblemCode code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(Problem.class, call).code();
    }
}
