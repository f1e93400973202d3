package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that Parquet's own project collects, sound and broken ones: each is published or
/// refused with a reason.
final class ParquetCorpusTest {
    @TempDir Path directory;

    private static List<Path> corpus() throws IOException {
        Path folder =
                Path.of(System.getProperty("sheaf.testdata", "")).resolve("parquet-testing/data");
        assumeTrue(Files.isDirectory(folder), "no test data at " + folder);
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".parquet")
                                    || file.toString().endsWith(".encrypted"))
                    .sorted()
                    .toList();
        }
    }

    /// Columns as DuckDB describes them; a column of its own for a file that it cannot read.
    private static String columns(EngineSession session, Path file) {
        StringBuilder columns = new StringBuilder("- {name: sheaf_own, logicalType: string}\n");
        try {
            for (List<?> row :
                    session.query("DESCRIBE SELECT * FROM read_parquet('" + file + "')").rows()) {
                columns.append("- {name: '").append(row.get(0)).append("', logicalType: ");
                columns.append(logicalType(String.valueOf(row.get(1)))).append("}\n");
            }
        } catch (EngineProblem e) {
            return columns.toString();
        }
        return columns.toString();
    }

    private EngineSession describing(List<Path> files) {
        return TestNode.engine()
                .open(
                        new SessionSpec(
                                SessionSpec.Purpose.QUERY,
                                ByteSize.ofMebibytes(256),
                                1,
                                directory,
                                files,
                                List.of()));
    }

    private static PublishRequest dry(String product, Path file) {
        PublishRequest request = TestNode.request(product, file);
        return new PublishRequest(
                request.runId(), request.product(), request.inputs(), "tester", true);
    }

    private static String logicalType(String type) {
        return switch (type) {
            case "BOOLEAN" -> "boolean";
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> "integer";
            case "FLOAT", "DOUBLE" -> "number";
            case "DATE" -> "date";
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> "timestamp";
            default -> "string";
        };
    }

    @Test
    @Timeout(120)
    void everyFileIsPublishedOrRefusedWithAReason() throws IOException {
        List<Path> files = corpus();
        List<String> unclear = new ArrayList<>();
        int published = 0;
        int refused = 0;
        try (TestNode node = new TestNode(directory);
                EngineSession session = describing(files)) {
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                String product = "corpus.p" + i;
                node.declare(
                        product,
                        columns(session, file),
                        "",
                        "- {property: sheaf.source, value: {format: parquet, extraColumns:"
                                + " ignore}}\n");
                try {
                    PublishReport report =
                            node.publisher.publish(
                                    dry(product, file), PublishListener.SILENT, ReleaseGate.OPEN);
                    assertEquals(
                            report.rowsIn(),
                            report.rowsPublished() + report.rowsQuarantined(),
                            file.toString());
                    published++;
                } catch (Problem problem) {
                    refused++;
                    boolean clear =
                            problem.code() == ProblemCode.LIMIT_EXCEEDED
                                    || problem.code() == ProblemCode.UNREADABLE_INPUT
                                            && problem.message()
                                                    .contains(file.getFileName().toString());
                    if (!clear) {
                        unclear.add(file.getFileName() + ": " + problem);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", unclear));
        assertTrue(published > 40, published + " of " + files.size());
        assertTrue(refused > 5, refused + " of " + files.size());
    }
}
