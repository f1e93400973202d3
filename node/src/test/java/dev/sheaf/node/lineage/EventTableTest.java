package dev.sheaf.node.lineage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EventReader;
import dev.sheaf.lineage.LineageBook;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.lineage.OwnerKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

final class EventTableTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir private Path folder = Path.of("");
    private EventTable table;

    @BeforeEach
    void open() {
        table = EventTable.open(folder.resolve("events.sqlite"));
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static KeptEvent event(
            String namespace, String run, String state, int minute, Instant receivedAt) {
        byte[] text =
                """
                {"eventTime": "2026-01-01T00:%02d:00Z", "producer": "p", "schemaURL": "s",
                 "eventType": "%s", "run": {"runId": "%s"},
                 "job": {"namespace": "%s", "name": "job ü"}}
                """
                        .formatted(minute, state, run, namespace)
                        .getBytes(StandardCharsets.UTF_8);
        return KeptEvent.of(EventReader.read(text), text, "ada", receivedAt);
    }

    private List<String> runs() {
        List<String> runs = new ArrayList<>();
        table.counting(
                100,
                event -> runs.add(event.run().orElseThrow() + " " + event.state().orElseThrow()));
        return runs;
    }

    @Test
    void aTextIsKeptOnceAndByteForByte() {
        KeptEvent event = event("n", "r1", "START", 1, NOW);
        assertEquals(List.of(true, false), table.add(List.of(event, event)));
        assertEquals(List.of(false), table.add(List.of(event)));
        KeptEvent found = table.newest(Optional.of(event.subject()), Long.MAX_VALUE, 10).getFirst();
        assertArrayEquals(event.text(), found.text());
        assertEquals(event.time(), found.time());
        assertEquals("ada", found.by());
    }

    @Test
    void whatLaterRunsHaveMadeHistoryIsForgottenAndNothingElse() {
        table.add(
                List.of(
                        event("n", "r1", "START", 1, LONG_AGO),
                        event("n", "r1", "COMPLETE", 2, LONG_AGO),
                        event("n", "r2", "START", 3, LONG_AGO),
                        event("n", "r2", "COMPLETE", 4, LONG_AGO),
                        event("n", "failed", "FAIL", 5, LONG_AGO),
                        event("n", "r3", "COMPLETE", 6, LONG_AGO),
                        event("n", "r4", "COMPLETE", 7, LONG_AGO),
                        event("n", "open", "START", 8, LONG_AGO),
                        event("other", "r1", "START", 1, LONG_AGO),
                        event("queries", "q1", "COMPLETE", 1, LONG_AGO),
                        event("queries", "q2", "COMPLETE", 2, NOW)));
        assertEquals(4, table.forget(NOW.minusSeconds(1), "queries"));
        assertEquals(
                List.of(
                        "r2 START",
                        "r2 COMPLETE",
                        "r3 COMPLETE",
                        "r4 COMPLETE",
                        "open START",
                        "r1 START",
                        "q2 COMPLETE"),
                runs());
        assertEquals(0, table.forget(NOW.minusSeconds(1), "queries"));
    }

    @Test
    void afterAFullDiskItGoesOnAsSoonAsThereIsRoom() {
        SQLiteConfig small = new SQLiteConfig();
        small.setPragma(SQLiteConfig.Pragma.MAX_PAGE_COUNT, "40");
        try (EventTable full = EventTable.open(folder.resolve("full.sqlite"), small)) {
            List<KeptEvent> kept = new ArrayList<>();
            Problem refused =
                    assertThrows(
                            Problem.class,
                            () -> {
                                for (int number = 0; number < 10_000; number++) {
                                    KeptEvent next =
                                            event("queries", "r" + number, "COMPLETE", 1, LONG_AGO);
                                    full.add(List.of(next));
                                    kept.add(next);
                                }
                            });
            assertEquals(ProblemCode.STORAGE_FAILED, refused.code());
            assertThrows(Problem.class, () -> full.add(many("more")));
            assertEquals(kept.size(), full.forget(NOW, "queries"));
            full.probe();
            assertEquals(List.of(true), full.add(List.of(event("n", "again", "COMPLETE", 1, NOW))));
            List<String> runs = new ArrayList<>();
            full.counting(100, event -> runs.add(event.run().orElseThrow()));
            assertEquals(List.of("again"), runs);
        }
    }

    private static List<KeptEvent> many(String run) {
        return IntStream.range(0, 500)
                .mapToObj(number -> event("queries", run + number, "COMPLETE", 1, LONG_AGO))
                .toList();
    }

    @Test
    void whatCountsOfManyRunsAddsUpToTheSameAsAll() {
        for (int seed = 0; seed < 20; seed++) {
            String namespace = "life " + seed;
            List<KeptEvent> all = life(namespace, new Random(seed));
            table.add(all);
            List<KeptEvent> counting = new ArrayList<>();
            table.counting(
                    LineageBook.RUNS_MAX,
                    event -> {
                        if (event.subject().namespace().equals(namespace)) {
                            counting.add(event);
                        }
                    });
            assertTrue(counting.size() < all.size() / 2, counting.size() + " of " + all.size());
            assertEquals(edges(all), edges(counting), namespace);
        }
    }

    private static Map<OwnerKey, Edges> edges(List<KeptEvent> events) {
        LineageGraph graph = new LineageGraph(any -> false);
        LineageBook book = new LineageBook("here", graph, any -> OwnerKey.Kind.JOB);
        events.forEach(event -> book.accept(EventReader.read(event.text())));
        Map<OwnerKey, Edges> edges = new HashMap<>();
        graph.owners(OwnerKey.Kind.JOB).forEach(key -> edges.put(key, graph.edges(key)));
        return edges;
    }

    /// Two jobs as schedulers tell of them: runs overlap, some fail, some never end, and of one
    /// none completes for long.
    private static List<KeptEvent> life(String namespace, Random random) {
        Map<Integer, KeptEvent> events = new TreeMap<>();
        for (int run = 0; run < 160; run++) {
            boolean isBroken = run % 4 == 0;
            String end =
                    isBroken && run > 8
                            ? "FAIL"
                            : List.of("COMPLETE", "FAIL", "RUNNING").get(random.nextInt(3));
            int at = 100 * run;
            for (String state : List.of("START", end)) {
                byte[] text =
                        """
                        {"eventTime": "%s", "producer": "p", "schemaURL": "s",
                         "eventType": "%s", "run": {"runId": "run %03d"},
                         "job": {"namespace": "%s", "name": "%s"},
                         "inputs": [{"namespace": "n", "name": "in%d"}],
                         "outputs": [{"namespace": "n", "name": "out%d"}]}
                        """
                                .formatted(
                                        LONG_AGO.plusMillis(at),
                                        state,
                                        run,
                                        namespace,
                                        isBroken ? "broken" : "well",
                                        random.nextInt(4),
                                        random.nextInt(4))
                                .getBytes(StandardCharsets.UTF_8);
                events.put(at, KeptEvent.of(EventReader.read(text), text, "ada", NOW));
                at += 1 + random.nextInt(500);
            }
        }
        return List.copyOf(events.values());
    }
}
