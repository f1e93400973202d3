package dev.sheaf.lineage;

import static dev.sheaf.lineage.GraphText.down;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class LineageBookTest {
    private static LineageEvent event(
            String run, String time, String state, String inputs, String outputs) {
        return EventReader.read(
                """
                {"eventTime": "2026-03-01T%sZ", "producer": "p", "schemaURL": "s",
                 "eventType": "%s", "run": {"runId": "%s"},
                 "job": {"namespace": "n", "name": "load"}, "inputs": %s, "outputs": %s}
                """
                        .formatted(time, state, run, datasets(inputs), datasets(outputs))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String datasets(String names) {
        List<String> all = new ArrayList<>();
        for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
            all.add("{\"namespace\": \"n\", \"name\": \"" + name + "\"}");
        }
        return all.toString();
    }

    private static LineageGraph after(List<LineageEvent> events) {
        LineageGraph graph = new LineageGraph(_ -> false);
        LineageBook book = new LineageBook("aws/us-east-1", graph, _ -> OwnerKey.Kind.JOB);
        events.forEach(book::accept);
        return graph;
    }

    @Test
    void eventsOfARunAddUp() {
        LineageGraph graph =
                after(
                        List.of(
                                event("r1", "10:00:00", "START", "a", ""),
                                event("r1", "10:05:00", "COMPLETE", "", "b")));
        assertEquals(List.of("b"), down(graph, "a"));
    }

    @Test
    void theRunThatBeganLastCountsWhateverTheOrderAndHoweverOften() {
        List<LineageEvent> events =
                List.of(
                        event("r1", "10:00:00", "START", "a", ""),
                        event("r1", "10:50:00", "COMPLETE", "", "b"),
                        event("r2", "10:30:00", "START", "a", ""),
                        event("r2", "10:40:00", "COMPLETE", "", "c"));
        for (long seed = 1; seed <= 100; seed++) {
            List<LineageEvent> some = new ArrayList<>(events);
            some.addAll(events);
            Collections.shuffle(some, new Random(seed));
            assertEquals(List.of("c"), down(after(some), "a"), "seed " + seed);
        }
    }

    @Test
    void whileARunGoesOnWhatTheLastOneDidIsNotForgotten() {
        LineageGraph graph =
                after(
                        List.of(
                                event("r1", "10:00:00", "COMPLETE", "a", "b"),
                                event("r2", "11:00:00", "START", "a", "c")));
        assertEquals(List.of("b", "c"), down(graph, "a"));
    }

    @Test
    void aRunThatFailedChangesNothing() {
        LineageGraph graph =
                after(
                        List.of(
                                event("r1", "10:00:00", "COMPLETE", "a", "b"),
                                event("r2", "11:00:00", "START", "a", "c"),
                                event("r2", "11:01:00", "FAIL", "", "")));
        assertEquals(List.of("b"), down(graph, "a"));
    }

    @Test
    void aCompletedRunIsNotForgottenForManyThatFail() {
        List<LineageEvent> events = new ArrayList<>();
        events.add(event("r1", "09:00:00", "COMPLETE", "a", "b"));
        for (int run = 10; run < 10 + 2 * JobHistory.RUNS_MAX; run++) {
            events.add(event("f" + run, "10:00:" + run, "FAIL", "a", "c"));
        }
        assertEquals(List.of("b"), down(after(events), "a"));
    }

    @Test
    void anEventThatWasHereBeforeChangesNothing() {
        LineageBook book =
                new LineageBook(
                        "aws/us-east-1", new LineageGraph(_ -> false), _ -> OwnerKey.Kind.JOB);
        LineageEvent event = event("r1", "10:00:00", "COMPLETE", "a", "b");
        assertFalse(book.accept(event).isEmpty());
        assertTrue(book.accept(event).isEmpty());
    }
}
