package dev.sheaf.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class EventReaderTest {
    private static final String RUN =
            """
            {"eventTime": "2026-03-01T12:00:00Z", "producer": "p", "schemaURL": "s",
             "eventType": "COMPLETE",
             "run": {"runId": "01900000-0000-7000-8000-000000000001"},
             "job": {"namespace": "etl", "name": "load"},
             "inputs": [{"namespace": "pg", "name": "a"}],
             "outputs": [{"namespace": "pg", "name": "b"}]}
            """;

    private static LineageEvent read(String text) {
        return EventReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(String text) {
        return assertThrows(Problem.class, () -> read(text)).message();
    }

    @Test
    void aRunNamesWhatItsJobReadsAndWrites() {
        LineageEvent.OfRun run = assertInstanceOf(LineageEvent.OfRun.class, read(RUN));
        assertEquals(new EntityName("etl", "load"), run.job());
        assertEquals(RunState.COMPLETE, run.state());
        assertEquals(Set.of(new EntityName("pg", "a")), run.contents().edges().inputs());
        assertEquals(Set.of(new EntityName("pg", "b")), run.contents().edges().outputs());
        assertEquals(List.of(), run.contents().notes());
    }

    @ParameterizedTest
    @CsvSource({
        "2021-11-03T10:53:52.427343Z,          2021-11-03T10:53:52.427343Z, true",
        "2021-11-03T10:53:52.123456789+02:00,  2021-11-03T08:53:52.123456789Z, true",
        "2021-11-03T10:53:52+0200,             2021-11-03T08:53:52Z, true",
        "2021-11-03T10:53:52Z[UTC],            2021-11-03T10:53:52Z, true",
        "2021-11-03 10:53:52,                  2021-11-03T10:53:52Z, false",
        "2021-11-03T10:53:52.1,                2021-11-03T10:53:52.1Z, false",
        "2021-11-03T10:53,                     2021-11-03T10:53:00Z, false"
    })
    void timesComeInManyForms(String text, String instant, boolean isZoned) {
        assertEquals(
                Optional.of(new EventTime(Instant.parse(instant), isZoned)), EventTime.of(text));
    }

    @Test
    void aTimeWithoutAZoneIsTakenAsUtcAndThatIsSaid() {
        LineageEvent event = read(RUN.replace("12:00:00Z", "12:00:00"));
        assertEquals(Instant.parse("2026-03-01T12:00:00Z"), event.time());
        assertTrue(event.contents().notes().getFirst().contains("UTC"), event::toString);
    }

    @Test
    void whatTheSpecWantsBesidesMayBeMissing() {
        LineageEvent event =
                read(
                        RUN.replace("\"producer\": \"p\", \"schemaURL\": \"s\",", "")
                                .replace("01900000-0000-7000-8000-000000000001", "run of today"));
        assertEquals(3, event.contents().notes().size(), event::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2026-03-01T12:00:00Z\" | \"yesterday\"    | /eventTime is 'yesterday'",
                "\"2026-03-01T12:00:00Z\" | 17               | /eventTime is a number",
                "\"eventTime\"            | \"time\"         | /eventTime is missing",
                "\"COMPLETE\"             | \"DONE\"         | /eventType is 'DONE'",
                "\"name\": \"load\"       | \"title\": \"x\" | /job/name is missing",
                "\"name\": \"b\"          | \"name\": []     | /outputs/0/name is an array",
                "[{\"namespace\": \"pg\", \"name\": \"a\"}] | {} | /inputs is an object",
                "\"runId\":               | \"id\":          | /run/runId is missing",
            })
    void anErrorPointsAtWhatIsWrong(String before, String after, String message) {
        String told = refused(RUN.replace(before, after));
        assertTrue(told.startsWith(message), told);
    }

    @Test
    void whatIsNoJsonAndNoEventIsRefused() {
        assertEquals(
                ProblemCode.BAD_REQUEST,
                assertThrows(Problem.class, () -> read("{\"eventTime\": ")).code());
        assertTrue(refused("[]").contains("the event is an array"));
        assertTrue(
                refused("{\"eventTime\": \"2026-03-01T12:00:00Z\"}")
                        .contains("neither run nor job nor dataset"));
    }

    @Test
    void namesMayHaveEveryCharacter() {
        String name = "Ünïcödé \\u0000\\ud83d\\ude00 a.b/c\\\"'%20 ?#";
        LineageEvent event = read(RUN.replace("\"b\"", "\"" + name + "\""));
        EntityName output = event.contents().edges().outputs().iterator().next();
        assertEquals("Ünïcödé \u0000\ud83d\ude00 a.b/c\"'%20 ?#", output.name());
    }

    @Test
    void aFacetOfWrongFormIsLeftOutAndTheRestCounts() {
        LineageEvent event =
                read(
                        RUN.replace(
                                "\"name\": \"b\"",
                                """
                                "name": "b", "facets": {"fromTheFuture": {"x": [1]},
                                 "schema": {"fields": "none"},
                                 "columnLineage": {"fields": {
                                   "x": {"inputFields": [{"namespace": "pg", "name": "a"}]},
                                   "y": {"inputFields": [
                                     {"namespace": "pg", "name": "a", "field": "c"}]}}}}
                                """));
        assertEquals(1, event.contents().edges().columns().size());
        assertEquals(2, event.contents().notes().size(), event::toString);
        assertTrue(
                event.contents()
                        .notes()
                        .toString()
                        .contains("/outputs/0/facets/columnLineage/fields/x/inputFields/0"));
    }
}
