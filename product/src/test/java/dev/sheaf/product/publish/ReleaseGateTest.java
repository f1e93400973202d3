package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.Run;
import dev.sheaf.product.sample.ColumnProposal;
import dev.sheaf.product.sample.ColumnSampler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the gate is shown, and what its answer does.
final class ReleaseGateTest {
    private static final String COLUMNS =
            """
            - {name: id, logicalType: integer, required: true}
            - {name: note, logicalType: string}
            - {name: day, logicalType: date}
            """;

    @TempDir private Path directory = Path.of("");
    private TestNode node = unset();
    private final List<ReleaseGate.Candidate> seen = new ArrayList<>();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T unset() {
        return null;
    }

    @BeforeEach
    void open() throws IOException {
        node = new TestNode(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private PublishReport publish(ReleaseGate gate, Path file) {
        return node.publisher.publish(
                TestNode.request("sales.rows", file),
                PublishListener.SILENT,
                candidate -> {
                    seen.add(candidate);
                    return gate.judge(candidate);
                });
    }

    private List<String> sample(String path) {
        return seen.getLast().samples().stream()
                .filter(sample -> sample.path().equals(path))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void theGateSeesWhatWouldBePublishedAndNothingElse() {
        node.declare(
                "sales.rows",
                COLUMNS,
                "",
                """
                - property: sheaf.transform
                  value: SELECT id, upper(note) AS note, day FROM input WHERE id > 1
                """);
        publish(
                ReleaseGate.OPEN,
                node.file(
                        "a.csv",
                        "id,note,day\n"
                                + "1,gone,2020-01-01\n"
                                + "2,kept,2020-01-02\n"
                                + "x,broken,2020-01-03\n"
                                + "3,,\n"));
        assertEquals(List.of("2", "3"), sample("id"));
        assertEquals(List.of("KEPT"), sample("note"));
        assertEquals(List.of("2020-01-02"), sample("day"));
        assertEquals(1.0, seen.getLast().score());
        assertTrue(seen.getLast().location().endsWith("/sales/rows"), seen.getLast().location());
    }

    @Test
    void whatTheGateRefusesIsNotPublishedAndTheReasonsAreKept() {
        node.declare("sales.rows", COLUMNS, "", "");
        ColumnProposal proposal =
                new ColumnProposal("note", "note", "email", "EMAIL_ADDRESS", 0.9, List.of(), "");
        Path file = node.file("a.csv", "id,note,day\n1,a,\n");
        PublishReport held =
                publish(
                        candidate ->
                                new ReleaseGate.Verdict(
                                        List.of("somebody has to decide"), List.of(proposal)),
                        file);
        assertEquals("REFUSED", held.outcome());
        assertEquals(List.of("somebody has to decide"), held.reason());
        assertEquals(0, node.releases("sales.rows"));
        Run run = node.ledger.run(held.run()).orElseThrow();
        assertEquals(Run.State.REFUSED, run.state());
        assertTrue(run.report().orElseThrow().contains("EMAIL_ADDRESS"));
        PublishReport released =
                publish(candidate -> new ReleaseGate.Verdict(List.of(), List.of(proposal)), file);
        assertEquals("COMMITTED", released.outcome(), "the same file, once the gate is open");
        assertEquals(List.of(proposal), released.proposals());
    }

    @Test
    void aGateThatFailsLeavesNothing() {
        node.declare("sales.rows", COLUMNS, "", "");
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                publish(
                                        candidate -> {
                                            throw new Problem(
                                                    ProblemCode.UNAVAILABLE, "nobody answers");
                                        },
                                        node.file("a.csv", "id,note,day\n1,a,\n")));
        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        assertEquals(0, node.releases("sales.rows"));
    }

    @Test
    void samplesAreBoundedSpreadAndTheSameForTheSameRows() {
        node.declare("sales.rows", COLUMNS, "", "");
        StringBuilder csv = new StringBuilder("id,note,day\n");
        String longText = "y".repeat(2000);
        for (int i = 0; i < 30_000; i++) {
            csv.append(i).append(',').append(i % 1000 == 0 ? longText : "").append(",2020-01-01\n");
        }
        Path file = node.file("a.csv", csv.toString());
        ReleaseGate refuses = any -> new ReleaseGate.Verdict(List.of("no"), List.of());
        PublishReport report = publish(refuses, file);
        List<String> ids = sample("id");
        assertEquals(ColumnSampler.ROWS_MAX, ids.size());
        for (int part = 0; part < 10; part++) {
            int from = part * 3000;
            long inPart =
                    ids.stream()
                            .mapToInt(Integer::parseInt)
                            .filter(id -> id >= from && id < from + 3000)
                            .count();
            assertTrue(inPart > 50, "of part " + part + " there are " + inPart);
        }
        assertEquals(30, sample("note").size(), "a column that is mostly empty is looked for");
        assertTrue(
                sample("note").stream()
                        .allMatch(text -> text.length() == ColumnSampler.CHARACTERS_MAX));
        publish(refuses, file);
        assertEquals(ids, sample("id"));
        assertFalse(report.json().contains("yyyy"), "a report holds no values");
        assertFalse(seen.getLast().toString().contains("yyyy"), "nor does what is printed of it");
    }

    @Test
    void membersListsAndMapsAreTakenApart() {
        node.declare(
                "sales.rows",
                """
                - {name: id, logicalType: integer}
                - name: who
                  logicalType: object
                  properties:
                    - {name: mail, logicalType: string}
                    - {name: phones, logicalType: array, items: {logicalType: string}}
                - {name: extra, logicalType: object, physicalType: "map<string,string>"}
                """,
                "",
                "");
        publish(
                ReleaseGate.OPEN,
                node.file(
                        "a.ndjson",
                        "{\"id\": 1, \"who\": {\"mail\": \"m\", \"phones\": [\"p\", \"q\"]},"
                                + " \"extra\": {\"ann\": \"v\"}}\n{\"id\": 2}\n"));
        assertEquals(List.of("m"), sample("who.mail"));
        assertEquals(List.of("p", "q"), sample("who.phones"));
        assertEquals(List.of("ann"), sample("extra.key"), "keys are data and not in the path");
        assertEquals(List.of("v"), sample("extra.value"));
    }
}
