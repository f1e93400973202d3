package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class DistantReleasesTest {
    private static final ProductName PARTS = ProductName.parse("parts.parts");

    private final TestNode node;

    DistantReleasesTest(@TempDir Path directory) throws IOException {
        this.node = new TestNode(directory.resolve("node"));
        node.declare(
                "sales.rows",
                "- {name: part, logicalType: integer}",
                "- {name: parts_exist, type: sql, mustBe: 0, severity: error, query: 'SELECT"
                        + " count(*) FROM ${object} r WHERE NOT EXISTS (SELECT 1 FROM parts.parts p"
                        + " WHERE p.part = r.part)'}",
                "");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private PublishReport publish(String rows, DistantReleases distant) {
        return node.publisher.publish(
                TestNode.request("sales.rows", node.file("rows.csv", rows)),
                PublishListener.SILENT,
                ReleaseGate.OPEN,
                distant);
    }

    private static Optional<Path> parts(ProductName product, Path folder) {
        if (!product.equals(PARTS)) {
            return Optional.empty();
        }
        Path file = folder.resolve("parts.parquet");
        try (EngineSession session =
                TestNode.engine()
                        .open(
                                new SessionSpec(
                                        SessionSpec.Purpose.QUERY,
                                        ByteSize.ofMebibytes(256),
                                        1,
                                        folder,
                                        List.of(),
                                        List.of(folder)))) {
            session.execute(
                    "COPY (SELECT range AS part FROM range(1, 4)) TO '"
                            + file
                            + "' (FORMAT parquet)");
        }
        return Optional.of(file);
    }

    @Test
    void aRuleReadsWhatAnotherRegionHolds() {
        PublishReport report = publish("part\n1\n2\n3\n", DistantReleasesTest::parts);

        assertEquals("COMMITTED", report.outcome(), report.toString());
        assertEquals("0", report.rules().getFirst().measured().orElseThrow().toPlainString());
    }

    @Test
    void aRuleFailsOnRowsThatAnotherRegionDoesNotKnow() {
        PublishReport report = publish("part\n1\n7\n", DistantReleasesTest::parts);

        assertEquals("REFUSED", report.outcome(), report.toString());
        assertEquals("1", report.rules().getFirst().measured().orElseThrow().toPlainString());
    }

    @Test
    void aRuleOnAProductThatNobodyKnowsFails() {
        PublishReport report = publish("part\n1\n", DistantReleases.NONE);

        assertEquals("REFUSED", report.outcome(), report.toString());
        assertTrue(
                report.toString().contains("there is no release of parts.parts"),
                report.toString());
    }

    @Test
    void nothingIsPublishedWhenTheOtherRegionCannotBeReached() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                publish(
                                        "part\n1\n",
                                        (product, folder) -> {
                                            throw new Problem(
                                                    ProblemCode.UNAVAILABLE,
                                                    "gcp/europe-west1 cannot be reached");
                                        }));

        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        assertTrue(problem.message().contains("gcp/europe-west1"), problem.message());
    }
}
