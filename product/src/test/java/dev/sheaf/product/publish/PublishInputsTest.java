package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class PublishInputsTest {
    private static final String ID = "- {name: id, logicalType: integer}\n";

    @TempDir Path directory;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(directory);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aFolderGivesItsDataFilesAndNotTheirDescriptions() {
        node.declare("sales.rows", ID, "", "");
        node.file("d/SOURCE.txt", "where it is from");
        node.file("d/README", "read me");
        node.file("d/README.md", "# read me");
        node.file("d/LICENSE", "as is");
        node.file("d/a.csv.md5", "0123");
        node.file("d/_SUCCESS", "");
        node.file("d/.hidden.csv", "id\n99\n");
        node.file("d/.git/x.csv", "id\n98\n");
        node.file("d/a.csv", "id\n1\n");
        node.file("d/B.CSV", "id\n2\n");
        node.file("d/e/c.tsv", "id\n3\n");
        node.file("d/e/d.json", "[{\"id\": 4}]");
        node.file("d/e/e.ndjson", "{\"id\": 5}\n");
        node.file("d/e/f.jsonl", "{\"id\": 6}\n");
        PublishReport report = node.publish("sales.rows", directory.resolve("in/d"));
        assertEquals(
                List.of("B.CSV", "a.csv", "e/c.tsv", "e/d.json", "e/e.ndjson", "e/f.jsonl"),
                report.files().stream().map(PublishReport.FileReport::name).toList());
        assertEquals(6, report.rowsPublished(), report.json());
    }

    @Test
    void aFileThatIsNamedItselfIsTakenWhateverItsName() {
        node.declare("sales.rows", ID, "", "");
        assertEquals(
                1, node.publish("sales.rows", node.file("rows.txt", "id\n7\n")).rowsPublished());
    }

    @Test
    void aFolderWithoutDataSaysWhatItLooksFor() {
        node.declare("sales.rows", ID, "", "");
        node.file("d/SOURCE.txt", "x");
        Problem problem =
                assertThrows(
                        Problem.class, () -> node.publish("sales.rows", directory.resolve("in/d")));
        assertEquals(ProblemCode.BAD_REQUEST, problem.code());
        assertTrue(problem.message().contains("parquet"), problem.message());
    }

    @Test
    void aQuarantinedRowDoesNotWinOverAGoodDuplicate() {
        node.declare(
                "sales.rows",
                """
                - {name: id, logicalType: integer, required: true}
                - {name: version, logicalType: integer}
                - {name: day, logicalType: date}
                """,
                "",
                "- {property: sheaf.transform, value: 'SELECT id, version, CAST(written AS DATE) AS"
                    + " day FROM input QUALIFY row_number() OVER (PARTITION BY id ORDER BY version"
                    + " DESC) = 1'}\n");
        PublishReport report =
                node.publish(
                        "sales.rows",
                        node.file(
                                "a.csv",
                                """
                                id,version,written
                                1,1,2024-01-01
                                1,2,2024-01-02
                                1,x,2024-01-03
                                2,1,2024-01-01
                                2,9,2024-02-30
                                """));
        assertEquals(
                "[[1, 2], [2, 1]]",
                node.rows("sales.rows", "SELECT id, version FROM release ORDER BY id").toString());
        assertEquals(
                List.of(
                        "2:transform.filter",
                        "4:type(version)=x",
                        "6:transform.cast(day)=2024-02-30"),
                node.broken(report).stream().sorted().toList());
    }

    @Test
    void whatATransformMakesIsNotRoundedToFit() throws IOException {
        node.declare(
                "sales.rows",
                """
                - {name: id, logicalType: integer}
                - {name: price, logicalType: number, physicalType: 'DECIMAL(6,2)'}
                """,
                "",
                "- {property: sheaf.transform, value: 'SELECT CAST(id AS DECIMAL(6,1)) AS id,"
                        + " CAST(cost AS DECIMAL(8,4)) AS price FROM input'}\n");
        PublishReport report =
                node.publish(
                        "sales.rows",
                        node.file("a.csv", "id,cost\n1,1.50\n2.5,1.50\n3,1.505\n4,2\n"));
        assertEquals(
                "[[1, 1.50], [4, 2.00]]",
                node.rows("sales.rows", "SELECT id, price FROM release ORDER BY id").toString());
        assertEquals(2, report.rowsQuarantined(), node.broken(report).toString());
    }

    @Test
    void aDryRunPublishesNothingAndWritesNothing() throws IOException {
        node.declare("sales.rows", ID, "", "");
        PublishRequest request = TestNode.request("sales.rows", node.file("a.csv", "id\n1\nx\n"));
        PublishReport report =
                node.publisher.publish(
                        new PublishRequest(
                                request.runId(),
                                request.product(),
                                request.inputs(),
                                "tester",
                                true),
                        PublishListener.SILENT,
                        ReleaseGate.OPEN);
        assertEquals(
                List.of("DRY_RUN", 1L, 1L),
                List.of(report.outcome(), report.rowsPublished(), report.rowsQuarantined()));
        assertEquals(0, node.releases("sales.rows"));
        assertTrue(report.quarantine().isEmpty());
        assertTrue(node.ledger.run(request.runId()).isEmpty());
        for (String folder : List.of("store", "scratch", "staging")) {
            assertEquals(List.of(), TestNode.filesBelow(directory.resolve(folder)), folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"||", "::", "§", "ab"})
    void aDelimiterOfSeveralCharactersIsRefusedBeforeAnythingIsRead(String delimiter) {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                node.declare(
                                        "sales.rows",
                                        ID,
                                        "",
                                        "- {property: sheaf.source, value: {delimiter: '"
                                                + delimiter
                                                + "'}}"));
        assertTrue(problem.message().contains("one ASCII character"), problem.message());
    }

    @Test
    void columnsThatTheContractDoesNotKnowAreIgnoredWhenTheProductSaysSo() {
        node.declare(
                "sales.rows",
                ID,
                "",
                "- {property: sheaf.source, value: {format: ndjson, extraColumns: ignore}}");
        assertEquals(
                1,
                node.publish("sales.rows", node.file("a.ndjson", "{\"id\": 1, \"more\": 2}\n"))
                        .rowsPublished());
    }

    @Test
    void infiniteNumbersThatAreMeantArePublished() {
        node.declare(
                "sales.rows",
                ID
                        + "- {name: f, logicalType: number, physicalType: DOUBLE}\n"
                        + "- {name: g, logicalType: number, physicalType: FLOAT}\n",
                "",
                "");
        node.publish(
                "sales.rows",
                node.file("a.csv", "id,f,g\n1,inf,1\n2,-Infinity,-inf\n3,1e999,0\n4,0,1e39\n"));
        assertEquals(
                "[[1], [2]]",
                node.rows("sales.rows", "SELECT id FROM release WHERE f <> 0 ORDER BY id")
                        .toString());
    }

    /// Its failure would refuse the whole file, not the row.
    @Test
    void aCastInsideAStarIsRefused() {
        node.declare(
                "sales.rows",
                ID,
                "",
                "- {property: sheaf.transform, value: 'SELECT * REPLACE (CAST(id AS INTEGER) AS id)"
                        + " FROM input'}\n");
        Path file = node.file("a.csv", "id\n1\n99999999999\n");
        Problem problem = assertThrows(Problem.class, () -> node.publish("sales.rows", file));
        assertEquals(ProblemCode.SQL_NOT_ALLOWED, problem.code(), problem.toString());
    }
}
