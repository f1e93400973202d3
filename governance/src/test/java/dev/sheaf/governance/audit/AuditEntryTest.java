package dev.sheaf.governance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Entries have one text, which is read back; subjects do not show.
final class AuditEntryTest {
    private static final SubjectKeys KEYS = new SubjectKeys("k1", Map.of("k1", new byte[32]));

    private static AuditEvent event(String actor, ObjectValue details) {
        return new AuditEvent(
                Instant.parse("2026-11-26T10:15:30.5Z"),
                actor,
                "query",
                "orders/daily",
                AuditDecision.ALLOW_RESTRICTED,
                "policies@7",
                List.of(KEYS.pseudonym("b"), KEYS.pseudonym("a"), KEYS.pseudonym("b")),
                details);
    }

    @Test
    void anEntryHasExactlyThisText() {
        ObjectValue details = (ObjectValue) JsonValues.parse("{\"rows\": 3, \"columns\": [\"a\"]}");
        AuditEntry entry = new AuditEntry(41, event("ann", details));
        List<String> subjects =
                List.of(KEYS.pseudonym("a").text(), KEYS.pseudonym("b").text()).stream()
                        .sorted()
                        .toList();
        assertEquals(
                "{\"action\":\"query\",\"actor\":\"ann\",\"decision\":\"allow-restricted\","
                        + "\"details\":{\"columns\":[\"a\"],\"rows\":3},\"policy\":\"policies@7\","
                        + "\"resource\":\"orders/daily\",\"seq\":41,\"subjects\":[\""
                        + String.join("\",\"", subjects)
                        + "\"],\"time\":\"2026-11-26T10:15:30.500000000Z\",\"v\":1}",
                new String(entry.toBytes(), StandardCharsets.UTF_8));
        assertEquals(
                CanonicalJson.text(
                        JsonValues.parse(new String(entry.toBytes(), StandardCharsets.UTF_8))),
                new String(entry.toBytes(), StandardCharsets.UTF_8),
                "the hand-written order is the canonical one");
        assertEquals(entry, AuditEntry.parse(entry.toBytes()));
    }

    @Test
    void onlyTheCanonicalTextIsAnEntry() {
        String text =
                new String(
                        new AuditEntry(0, event("ann", ObjectValue.EMPTY)).toBytes(),
                        StandardCharsets.UTF_8);
        for (String other :
                new String[] {
                    text + " ",
                    text.replace("\"v\":1", "\"v\":1.0"),
                    text.replace("\"v\":1", "\"v\":2"),
                    text.replace("\"v\":1", "\"v\":1,\"w\":1"),
                    text.replace("ann", "\\u0061nn"),
                    text.replace("\"seq\":0", "\"seq\":-1"),
                    text.replace("\"seq\":0", "\"seq\":0.5"),
                    text.replace("\"seq\":0", "\"seq\":1e99"),
                    text.replace("\"seq\":0", "\"seq\":\"0\""),
                    text.replace(".500000000Z", ".5Z"),
                    text.replace("2026-11", "2026-13"),
                    text.replace("allow-restricted", "maybe"),
                    text.replace("\"details\":{}", "\"details\":[]"),
                    text.replace("\"actor\":\"ann\"", "\"actor\":\"\""),
                    text.replace("\"actor\":\"ann\",", ""),
                    text.replace("k1:", "k1-"),
                    "[]",
                    "",
                    "null"
                }) {
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () -> AuditEntry.parse(other.getBytes(StandardCharsets.UTF_8)),
                            other);
            assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code(), other);
        }
    }

    @Test
    void bytesThatAreNoUtf8AreNoEntry() {
        byte[] bytes = new AuditEntry(0, event("ann", ObjectValue.EMPTY)).toBytes();
        bytes[30] = (byte) 0xff;
        assertThrows(Problem.class, () -> AuditEntry.parse(bytes));
    }

    @Test
    void nastyTextsSurvive() {
        for (String actor :
                new String[] {
                    "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028", "ann\uD83D\uDE00", "ÄÖ<&>'", " "
                }) {
            AuditEntry entry = new AuditEntry(7, event(actor, ObjectValue.EMPTY));
            assertEquals(entry, AuditEntry.parse(entry.toBytes()));
            for (byte value : entry.toBytes()) {
                assertTrue(value < 0 || value >= 0x20, "no control bytes in an entry");
            }
        }
        assertThrows(Problem.class, () -> EncodedEvent.of(event("half\ud83d", ObjectValue.EMPTY)));
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThrows(Problem.class, () -> event("a".repeat(1025), ObjectValue.EMPTY));
        assertThrows(Problem.class, () -> event("", ObjectValue.EMPTY));
        ObjectValue large =
                (ObjectValue) JsonValues.parse("{\"x\":\"" + "y".repeat(1 << 20) + "\"}");
        Problem problem = assertThrows(Problem.class, () -> EncodedEvent.of(event("ann", large)));
        assertEquals(ProblemCode.TOO_LARGE, problem.code());
        AuditEvent event = event("ann", ObjectValue.EMPTY);
        assertThrows(
                Problem.class,
                () ->
                        new AuditEvent(
                                Instant.parse("+10000-01-01T00:00:00Z"),
                                "a",
                                "b",
                                "",
                                AuditDecision.NONE,
                                "",
                                event.subjects(),
                                ObjectValue.EMPTY));
    }

    @Test
    void pseudonymsNeedTheKey() {
        SubjectKeys other =
                new SubjectKeys(
                        "k1",
                        Map.of(
                                "k1",
                                "another key of 32 bytes or more..."
                                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(KEYS.pseudonym("ann@example.com"), KEYS.pseudonym("ann@example.com"));
        assertNotEquals(KEYS.pseudonym("ann@example.com"), KEYS.pseudonym("Ann@example.com"));
        assertNotEquals(KEYS.pseudonym("ann@example.com"), other.pseudonym("ann@example.com"));
        assertFalse(KEYS.pseudonym("ann").text().contains("ann"));
        byte[] second = new byte[40];
        second[0] = 1;
        SubjectKeys rotated = new SubjectKeys("k2", Map.of("k1", new byte[32], "k2", second));
        assertTrue(rotated.pseudonym("x").text().startsWith("k2:"));
        assertEquals(Set.of(KEYS.pseudonym("x"), rotated.pseudonym("x")), rotated.pseudonyms("x"));
    }

    /// HMAC-SHA-256 of `sheaf-audit-subject`, a zero byte and `x` under 32 zero bytes, computed
    /// with another implementation.
    @Test
    void pseudonymsAreTheSpecifiedHash() {
        assertEquals("k1:0cc21a7eb9e82cf08dfaebadd37beeb7", KEYS.pseudonym("x").text());
    }

    @Test
    void keysAndPseudonymsOfAnotherFormAreRefused() {
        assertThrows(Problem.class, () -> new SubjectKeys("k", Map.of("k", new byte[31])));
        assertThrows(Problem.class, () -> new SubjectKeys("k", Map.of("l", new byte[32])));
        assertThrows(Problem.class, () -> new SubjectKeys("K", Map.of("K", new byte[32])));
        Problem problem =
                assertThrows(Problem.class, () -> new SubjectPseudonym("ann@example.com"));
        assertFalse(problem.message().contains("ann"), "a name is not shown");
    }

    @Test
    void queriesJoinTheirConditions() {
        AuditEntry entry = new AuditEntry(5, event("ann", ObjectValue.EMPTY));
        Instant time = entry.event().time();
        assertTrue(AuditQuery.ALL.matches(entry));
        assertTrue(AuditQuery.ALL.withFromSequence(5).matches(entry));
        assertFalse(AuditQuery.ALL.withFromSequence(6).matches(entry));
        assertTrue(AuditQuery.ALL.withTimes(time, time.plusNanos(1)).matches(entry));
        assertFalse(AuditQuery.ALL.withTimes(time.minusNanos(1), time).matches(entry));
        assertTrue(AuditQuery.ALL.withActors(Set.of("bob", "ann")).matches(entry));
        assertFalse(AuditQuery.ALL.withActors(Set.of("an")).matches(entry));
        assertFalse(
                AuditQuery.ALL.withActors(Set.of("ann")).withActions(Set.of("x")).matches(entry));
        assertTrue(AuditQuery.ALL.withSubjects(KEYS.pseudonyms("a")).matches(entry));
        assertFalse(AuditQuery.ALL.withSubjects(KEYS.pseudonyms("c")).matches(entry));
        assertFalse(AuditQuery.ALL.withDecisions(Set.of(AuditDecision.DENY)).matches(entry));
        assertFalse(AuditQuery.ALL.withResources(Set.of("orders")).matches(entry));
    }
}
