package dev.sheaf.governance.grant;

import static dev.sheaf.governance.grant.Grants.ANA;
import static dev.sheaf.governance.grant.Grants.MONTH;
import static dev.sheaf.governance.grant.Grants.NOON;
import static dev.sheaf.governance.grant.Grants.OLGA;
import static dev.sheaf.governance.grant.Grants.OTTO;
import static dev.sheaf.governance.grant.Grants.approve;
import static dev.sheaf.governance.grant.Grants.asked;
import static dev.sheaf.governance.grant.Grants.decided;
import static dev.sheaf.governance.grant.Grants.deny;
import static dev.sheaf.governance.grant.Grants.revoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

final class GrantTest {
    private static final Instant WEEK = NOON.plus(Duration.ofDays(7));

    @Test
    void itEndsByItselfAtItsEnd() {
        Grant grant = decided(asked(), approve(), NOON);
        Instant end = NOON.plus(MONTH);
        assertEquals(GrantState.APPROVED, grant.state(end.minusNanos(1)));
        assertEquals(GrantState.EXPIRED, grant.state(end));
        assertEquals(GrantState.EXPIRED, asked().state(end), "what was never decided lapses");
    }

    /// Two regions, cut off from each other, decide on the same grant.
    @Test
    void whatOneOwnerRefusesNoOtherCanGiveWhicheverCameFirst() {
        Grant approved = decided(asked(), approve(), NOON);
        Grant denied = asked().with("d", new GrantDecision.Denial("otto", NOON, "no"));
        Grant revoked = decided(approved, revoke(), NOON);
        assertEquals(GrantState.DENIED, joined(approved, denied).state(NOON));
        assertEquals(GrantState.REVOKED, joined(approved, revoked).state(NOON));
        assertEquals(GrantState.REVOKED, joined(denied, revoked).state(NOON));
        assertTrue(joined(approved, denied).facts().orElseThrow().isRevoked());
    }

    @Test
    void ofTwoApprovalsCountsWhatBothAllow() {
        Grant clear = decided(asked(), approve(), NOON);
        Grant week =
                asked().with(
                                "w",
                                new GrantDecision.Approval(
                                        "otto",
                                        NOON,
                                        new GrantTerms(NOON.plusSeconds(1), WEEK, false),
                                        ""));
        assertEquals(
                Optional.of(new GrantTerms(NOON.plusSeconds(1), WEEK, false)),
                joined(clear, week).terms());
        assertEquals(2, joined(clear, week).history().size(), "and both are there to be seen");
        assertEquals(GrantState.EXPIRED, joined(clear, week).state(WEEK));
    }

    /// Both ways, and again, with the same result.
    private static Grant joined(Grant one, Grant other) {
        Grant result = one.join(other);
        assertEquals(result, other.join(one));
        assertEquals(result, result.join(one));
        assertEquals(result, result.join(result));
        return result;
    }

    @Test
    void joiningDoesNotDependOnTheOrder() {
        List<Grant> copies = new ArrayList<>();
        copies.add(decided(asked(), approve(), NOON));
        copies.add(decided(copies.getFirst(), revoke(), NOON));
        copies.add(asked().with("d", new GrantDecision.Denial("otto", NOON, "no")));
        copies.add(
                asked().with(
                                "a",
                                new GrantDecision.Approval(
                                        "otto", WEEK, new GrantTerms(WEEK, WEEK, true), "")));
        for (Grant one : copies) {
            for (Grant two : copies) {
                for (Grant three : copies) {
                    assertEquals(one.join(two).join(three), three.join(one.join(two)));
                    assertEquals(one.join(two).join(three), one.join(two.join(three)));
                }
            }
        }
    }

    @Test
    void policyHearsOfWhatWasApprovedAndOfNothingElse() {
        assertEquals(Optional.empty(), asked().facts());
        assertEquals(Optional.empty(), decided(asked(), deny(), NOON).facts());
        Grant approved = decided(asked(), approve(), NOON);
        assertFalse(approved.facts().orElseThrow().isRevoked());
        assertTrue(decided(approved, revoke(), NOON).facts().orElseThrow().isRevoked());
        assertEquals("customer.customers", approved.facts().orElseThrow().resource());
        assertTrue(approved.facts().orElseThrow().isClear());
    }

    @Test
    void askersHoldersOwnersAndAuditorsSeeAGrantAndOthersDoNot() {
        Grant grant = asked("bob", "team:insights");
        assertTrue(OLGA.sees(grant));
        assertTrue(Grants.actor("bob", Set.of(), "sales").sees(grant));
        assertTrue(member("eve", "insights").sees(grant));
        assertTrue(Grants.actor("aud", Set.of("auditor"), "finance").sees(grant));
        assertTrue(Grants.actor("root", Set.of(), "*").sees(grant));
        assertFalse(ANA.sees(grant));
        assertFalse(member("eve", "sales").sees(grant));
        assertFalse(Grants.actor("insights", Set.of(), "sales").sees(grant));
        assertFalse(
                Grants.actor("team:insights", Set.of(), "sales").sees(grant),
                "a user who is called like a team is not the team");
    }

    private static GrantActor member(String id, String team) {
        return new GrantActor(new Subject(id, "user", Set.of(team), Set.of(), Set.of()));
    }

    @Test
    void aQueryFindsTheNewestFirst() {
        Grant mine = asked();
        Grant later =
                Grant.asked(
                        "g2",
                        new GrantRequest(
                                ProductName.parse("sales.orders"),
                                new GrantSubject.User("ana"),
                                "churn",
                                new GrantTerms(NOON, WEEK, false),
                                "",
                                "ana",
                                NOON.plusSeconds(5)));
        List<Grant> all = List.of(mine, later, new Grant("g3", mine.request(), new TreeMap<>()));
        GrantQuery any = new GrantQuery(Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(List.of("g2", "g1", "g3"), ids(any.of(all, ANA, NOON)));
        assertEquals(List.of("g1", "g3"), ids(any.of(all, OTTO, NOON)));
        assertEquals(
                List.of("g2"),
                ids(
                        new GrantQuery(
                                        Optional.of(ProductName.parse("sales.orders")),
                                        Optional.of(new GrantSubject.User("ana")),
                                        Optional.of(GrantState.REQUESTED))
                                .of(all, ANA, NOON)));
        assertEquals(
                List.of("g2"),
                ids(
                        new GrantQuery(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(GrantState.EXPIRED))
                                .of(all, ANA, WEEK)));
    }

    private static List<String> ids(List<Grant> grants) {
        return grants.stream().map(Grant::id).toList();
    }

    @Test
    void onlyThePlainWordSwitchesFourEyesOff() {
        assertTrue(GrantRules.of(ObjectValue.EMPTY).isFourEyes());
        assertFalse(rules(BooleanValue.FALSE).isFourEyes());
        assertTrue(rules(BooleanValue.TRUE).isFourEyes());
        assertTrue(rules(StringValue.of("false")).isFourEyes());
        assertTrue(
                GrantRules.of(dev.sheaf.governance.decision.StandardPack.settings()).isFourEyes());
    }

    private static GrantRules rules(dev.sheaf.rego.value.Value fourEyes) {
        return GrantRules.of(
                new ObjectValue.Builder(1)
                        .put(
                                "sheaf_settings",
                                new ObjectValue.Builder(1).put("fourEyes", fourEyes).build())
                        .build());
    }

    @Test
    void aGrantCannotBeChangedThroughTheMapItWasMadeOf() {
        TreeMap<String, GrantDecision> decisions = new TreeMap<>();
        Grant grant = new Grant("g1", asked().request(), decisions);
        decisions.put("d", new GrantDecision.Denial("otto", NOON, "no"));
        assertEquals(Map.of(), grant.decisions());
    }
}
