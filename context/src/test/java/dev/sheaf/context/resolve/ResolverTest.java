package dev.sheaf.context.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.util.List;

final class ResolverTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Numbered against the order of their names: numbers must not decide.
    private static final ActorTable ACTORS = new ActorTable();

    private static final int GCP = ACTORS.indexOf(ActorId.parse("gcp/europe-west1#1"));
    private static final int AZURE = ACTORS.indexOf(ActorId.parse("azure/westeurope#1"));
    private static final int AWS = ACTORS.indexOf(ActorId.parse("aws/us-east-1#1"));

    private static Sibling sibling(String json, int actor, long millis) {
        return new Sibling(JSON.readTree(json), Dot.of(actor, millis), Hlc.of(millis, 0));
    }

    private static JsonNode chosen(String resolver, Sibling... siblings) {
        return Resolver.parse(resolver).choose(List.of(siblings), ACTORS).value();
    }

    @Test
    void theLastWriterWinsByClockAndThenByName() {
        assertEquals(
                "\"b\"",
                chosen("lww", sibling("\"a\"", GCP, 1), sibling("\"b\"", AWS, 2)).toString());
        assertEquals(
                "\"g\"",
                chosen("lww", sibling("\"g\"", GCP, 2), sibling("\"b\"", AWS, 2)).toString());
        assertEquals(
                "\"b\"",
                chosen("first", sibling("\"g\"", GCP, 2), sibling("\"b\"", AWS, 2)).toString());
    }

    @Test
    void numbersCompareByExactValue() {
        String long1 = "9007199254740993";
        String long2 = "9007199254740992";
        assertEquals(
                long1, chosen("max", sibling(long1, AWS, 1), sibling(long2, GCP, 2)).toString());
        Sibling decimal =
                new Sibling(
                        JSON.getNodeFactory().numberNode(new BigDecimal("0.30000000000000000001")),
                        Dot.of(AWS, 1),
                        1);
        assertEquals(decimal.value(), chosen("max", decimal, sibling("0.3", GCP, 2)));
        assertEquals("0.3", chosen("min", decimal, sibling("0.3", GCP, 2)).toString());
        assertEquals(
                "1.0",
                chosen("max", sibling("1", AWS, 1), sibling("1.0", GCP, 2)).toString(),
                "rank breaks the tie");
    }

    @Test
    void valuesOfAnotherTypeCountOnlyWhereNoneFits() {
        assertEquals("3", chosen("max", sibling("3", AWS, 1), sibling("\"x\"", GCP, 9)).toString());
        assertEquals(
                "\"y\"",
                chosen("max", sibling("\"x\"", AWS, 1), sibling("\"y\"", GCP, 2)).toString());
        assertEquals(
                "[1]", chosen("union", sibling("[1]", AWS, 1), sibling("5", GCP, 2)).toString());
        assertEquals("5", chosen("union", sibling("4", AWS, 1), sibling("5", GCP, 2)).toString());
        assertEquals(
                "\"ab\"",
                chosen("longest", sibling("\"ab\"", AWS, 1), sibling("7", GCP, 2)).toString());
    }

    @Test
    void unionHoldsEachValueOnceInCanonicalOrder() {
        assertEquals(
                "[\"a\",\"b\",1,{\"k\":1,\"l\":2}]",
                chosen(
                                "union",
                                sibling("[\"b\",1,{\"l\":2,\"k\":1}]", AWS, 1),
                                sibling("[\"a\",1.0,{\"k\":1,\"l\":2.0}]", GCP, 2))
                        .toString()
                        .replace("{\"l\":2,\"k\":1}", "{\"k\":1,\"l\":2}")
                        .replace("2.0", "2"));
    }

    @Test
    void longestCountsCodePoints() {
        assertEquals(
                "\"abc\"",
                chosen("longest", sibling("\"abc\"", AWS, 1), sibling("\"😀😀\"", GCP, 2))
                        .toString());
    }

    @Test
    void escalationShowsTheLastWriterAndNamesTheQueueOnlyWhileValuesDiffer() {
        Choice differing =
                Resolver.parse("escalate:review")
                        .choose(List.of(sibling("1", AWS, 1), sibling("2", GCP, 2)), ACTORS);
        assertEquals("review", differing.queue().orElse(""));
        assertEquals("2", differing.value().toString());
        Choice equal =
                Resolver.parse("escalate:review")
                        .choose(List.of(sibling("1", AWS, 1), sibling("1.0", GCP, 2)), ACTORS);
        assertFalse(equal.escalated());
    }

    @Test
    void thePreferredRegionWinsWhereItWrote() {
        Sibling azure = sibling("\"azure\"", AZURE, 1);
        assertEquals(azure.value(), chosen("prefer:azure/westeurope", azure, sibling("2", AWS, 2)));
        assertEquals(
                "2",
                chosen("prefer:azure/westeurope", sibling("1", GCP, 1), sibling("2", AWS, 2))
                        .toString());
    }

    @Test
    void unknownNamesAreRefusedWithWhatIsAllowed() {
        Problem problem = assertThrows(Problem.class, () -> Resolver.parse("lwww"));
        assertTrue(problem.message().contains("did you mean 'lww'"), problem.message());
        assertThrows(Problem.class, () -> Resolver.parse("escalate:"));
        assertThrows(Problem.class, () -> Resolver.parse("escalate:Not A Queue"));
        assertThrows(Problem.class, () -> Resolver.parse("prefer:nowhere"));
        assertThrows(Problem.class, () -> Resolver.parse("lww:x"));
        for (String name :
                List.of(
                        "lww",
                        "first",
                        "max",
                        "min",
                        "union",
                        "longest",
                        "escalate:q",
                        "prefer:aws/a")) {
            assertEquals(name, Resolver.parse(name).name());
        }
    }

    @Test
    void stableSiblingsAreRankedByTheirValuesWhereNothingElseIsKnown() {
        Sibling one = new Sibling(JSON.readTree("1"), Dot.STABLE, 5);
        Sibling two = new Sibling(JSON.readTree("2"), Dot.STABLE, 5);
        assertTrue(JsonValues.equal(chosen("lww", one, two), chosen("lww", two, one)));
    }
}
