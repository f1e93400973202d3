package dev.sheaf.product.erase;

import static dev.sheaf.product.erase.ErasedNode.COLUMNS;
import static dev.sheaf.product.erase.ErasedNode.NAME;
import static dev.sheaf.product.erase.ErasedNode.PEOPLE;
import static dev.sheaf.product.erase.ErasedNode.SUBJECT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.Removal;
import dev.sheaf.product.publish.PublishReport;
import dev.sheaf.product.release.Release;
import dev.sheaf.product.release.When;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

final class EraserTest {
    private static final String REPLACE =
            "- property: sheaf.publish\n  value: {mode: replace, minScore: 0.1}\n";
    private static final String LENIENT = "- property: sheaf.publish\n  value: {minScore: 0.1}\n";

    @TempDir Path directory;

    @Test
    void nothingBelowTheTablesLocationHoldsAnErasedPersonAnyMore() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", LENIENT);
            publish(node, "a.csv", "1," + SUBJECT + ",hello\n2,ben,hi\n");
            publish(node, "b.csv", "3,cleo,x\n4,dan,y\n");
            PublishReport broken =
                    publish(node, "c.csv", "5,eve,z\nx6," + SUBJECT + ",bad id\nx7,fred,bad id\n");
            assertEquals(2, broken.rowsQuarantined());
            assertFalse(Leftovers.of(directory.resolve("store"), SUBJECT).isEmpty());
            RowsGone looked = node.eraser.look(ErasedNode.order(SUBJECT));
            assertEquals(1, looked.rows());
            assertEquals(1, looked.rejectedRows());
            assertEquals(List.of(1L, 2L, 3L), looked.releasesGone());

            RowsGone gone = node.erase(SUBJECT);

            assertEquals(1, gone.rows());
            assertEquals(1, gone.rejectedRows());
            assertEquals(OptionalLong.of(4), gone.release());
            assertEquals(List.of(1L, 2L, 3L), gone.releasesGone());
            assertTrue(gone.files() > 0 && gone.bytes() > 0 && gone.digest().isPresent());
            assertEquals(List.of(), Leftovers.of(directory.resolve("store"), SUBJECT));
            assertEquals(List.of(), Leftovers.of(directory.resolve("erase"), SUBJECT));
            assertEquals(List.of(), Leftovers.of(directory.resolve("scratch"), SUBJECT));
            assertEquals(List.of(), Leftovers.of(directory.resolve("staging"), SUBJECT));
            assertEquals(List.of(), Leftovers.of(directory.resolve("ledger.db"), SUBJECT));
            assertEquals(List.of(), Leftovers.of(directory.resolve("catalog.db"), SUBJECT));
            assertEquals("[[2, ben], [3, cleo], [4, dan], [5, eve]]", node.rows());
            assertEquals(1, node.node.quarantine(broken).size());
            assertEquals(gone.files(), node.deleted.size());
            assertTrue(node.erase(SUBJECT).isNothing());
        }
    }

    @Test
    void aReleaseWithoutThePersonFollowsAndSaysWhatItIs() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", "");
            publish(node, "a.csv", "1," + SUBJECT + ",hello\n2,ben,hi\n");
            node.erase(SUBJECT);
            List<Release> history = node.releases.history(NAME);
            assertEquals(1, history.size());
            Release release = history.getFirst();
            assertEquals(2, release.number());
            assertEquals(Release.Kind.ERASED, release.kind());
            assertEquals("1.0.0", release.contractVersion());
            assertEquals(OptionalLong.of(1), release.rows());
            assertEquals(Release.Standing.CURRENT, release.standing());
        }
    }

    @Test
    void releasesThatAreGoneSaySoAndNobodyRollsBackToThem() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", "");
            publish(node, "a.csv", "1," + SUBJECT + ",hello\n2,ben,hi\n");
            Instant before = Instant.now();
            node.erase(SUBJECT);
            Problem refused =
                    assertThrows(Problem.class, () -> node.releases.rollback(NAME, 1, "olga"));
            assertEquals(ProblemCode.NOT_FOUND, refused.code());
            assertTrue(refused.message().contains("was erased for privacy at"), refused.message());
            assertTrue(node.releases.resolve(NAME, new When.Number(1)).isEmpty());
            assertTrue(node.releases.whyGone(NAME, new When.Number(1)).isPresent());
            assertTrue(node.releases.resolve(NAME, new When.At(before)).isEmpty());
            assertTrue(node.releases.whyGone(NAME, new When.At(before)).isPresent());
            assertTrue(node.releases.whyGone(NAME, new When.Number(2)).isEmpty());
            assertTrue(node.releases.whyGone(NAME, new When.At(Instant.now())).isEmpty());
        }
    }

    @Test
    void releasesWithoutThePersonStay() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", "");
            publish(node, "a.csv", "2,ben,hi\n");
            publish(node, "b.csv", "1," + SUBJECT + ",hello\n");
            publish(node, "c.csv", "3,cleo,x\n");
            assertEquals(List.of(2L, 3L), node.erase(SUBJECT).releasesGone());
            assertEquals(
                    List.of(4L, 1L),
                    node.releases.history(NAME).stream().map(Release::number).toList());
            node.releases.rollback(NAME, 1, "olga");
            assertEquals("[[2, ben]]", node.rows());
        }
    }

    @Test
    void whereThePersonWasOnlyBeforeTheCurrentReleaseKeepsItsNumber() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", REPLACE);
            publish(node, "a.csv", "1," + SUBJECT + ",hello\n");
            publish(node, "b.csv", "2,ben,hi\n");
            RowsGone gone = node.erase(SUBJECT);
            assertEquals(0, gone.rows());
            assertEquals(OptionalLong.empty(), gone.release());
            assertEquals(List.of(1L), gone.releasesGone());
            assertEquals(2, node.releases.current(NAME).orElseThrow().number());
            assertEquals("[[2, ben]]", node.rows());
            assertEquals(List.of(), Leftovers.of(directory.resolve("store"), SUBJECT));
        }
    }

    @Test
    void whatWasPublishedBeforeAnErasureIsKnownAfterIt() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", "");
            Path file = node.node.file("a.csv", "id,person,said\n1," + SUBJECT + ",a\n2,ben,b\n");
            node.node.publish(PEOPLE, file);
            node.erase(SUBJECT);
            assertEquals("UNCHANGED", node.node.publish(PEOPLE, file).outcome());
            PublishReport next = publish(node, "b.csv", "3,cleo,x\n");
            assertEquals(3, next.release().orElseThrow());
            assertEquals("UNCHANGED", node.node.publish(PEOPLE, file).outcome());
            assertEquals("[[2, ben], [3, cleo]]", node.rows());
        }
    }

    @Test
    void aTableThatOnlyHeldThePersonIsEmptyAfterwards() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", "");
            publish(node, "a.csv", "1," + SUBJECT + ",hello\n");
            assertEquals(1, node.erase(SUBJECT).rows());
            assertEquals("[]", node.rows());
            assertEquals(List.of(), Leftovers.of(directory.resolve("store"), SUBJECT));
            publish(node, "b.csv", "2,ben,hi\n");
            assertEquals("[[2, ben]]", node.rows());
        }
    }

    @Test
    void numbersAreNeverUsedAgain() throws IOException {
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, COLUMNS, "", "");
            publish(node, "a.csv", "1,ben,hello\n");
            publish(node, "b.csv", "2," + SUBJECT + ",hello\n");
            node.releases.rollback(NAME, 1, "olga");
            assertEquals(List.of(2L), node.erase(SUBJECT).releasesGone());
            assertEquals(3, publish(node, "c.csv", "3,cleo,x\n").release().orElseThrow());
        }
    }

    @Test
    void namesAreComparedAsTheyAreWrittenWhateverTheyHold() throws IOException {
        for (String odd : List.of("o'brien \"x\"", "%", "c:\\d", "Zoë 日本", "-- x", "a\tb")) {
            Path own = directory.resolve(Integer.toHexString(odd.hashCode()));
            try (ErasedNode node = new ErasedNode(own)) {
                node.node.declare(PEOPLE, COLUMNS, "", LENIENT);
                String quoted = "\"" + odd.replace("\"", "\"\"") + "\"";
                publish(
                        node,
                        "a.csv",
                        "1," + quoted + ",a\n2,ben,b\nx3," + quoted + ",c\nx4,ann,d\n");
                RowsGone gone = node.erase(odd);
                assertEquals(1, gone.rows(), odd);
                assertEquals(1, gone.rejectedRows(), odd);
                assertEquals("[[2, ben]]", node.rows(), odd);
                assertTrue(node.erase("BEN").isNothing());
                assertTrue(node.erase("nobody").isNothing());
            }
        }
    }

    @Test
    void wholeNumbersAndPartitionsAreFollowed() throws IOException {
        String columns =
                """
                - {name: id, logicalType: integer, required: true}
                - {name: person, logicalType: integer, partitioned: true, partitionKeyPosition: 1}
                """;
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, columns, "", "");
            node.node.publish(
                    PEOPLE, node.node.file("a.csv", "id,person\n1,4711\n2,4712\n3,\n4,4711\n"));
            assertTrue(node.erase("04711").isNothing());
            assertTrue(node.erase("4711 or true").isNothing());
            assertTrue(node.erase("99999999999999999999").isNothing());
            assertTrue(node.erase("9999999999").isNothing());
            assertEquals(2, node.erase("4711").rows());
            assertEquals("[[2, 4712], [3, null]]", node.rows());
        }
    }

    @Test
    void rowsAndReleasesThatAreTooOldGo() throws IOException {
        String columns =
                """
                - {name: id, logicalType: integer, required: true}
                - {name: person, logicalType: string}
                - {name: at, logicalType: timestamp}
                - {name: day, logicalType: date}
                """;
        try (ErasedNode node = new ErasedNode(directory)) {
            node.node.declare(PEOPLE, columns, "", "");
            node.node.publish(
                    PEOPLE,
                    node.node.file(
                            "a.csv",
                            """
                            id,person,at,day
                            1,ann,2020-01-01T10:00:00Z,2020-01-01
                            2,ben,2026-01-01T10:00:00Z,2026-01-01
                            3,cleo,,
                            """));
            Instant cutoff = Instant.parse("2026-01-01T10:00:00Z");
            assertEquals(1, expire(node, "at", cutoff).rows());
            assertEquals("[[2, ben], [3, cleo]]", node.rows());
            assertEquals(Release.Kind.EXPIRED, node.releases.current(NAME).orElseThrow().kind());
            assertTrue(expire(node, "day", cutoff).isNothing());
            assertEquals(1, expire(node, "day", cutoff.plusSeconds(86_400)).rows());
            assertEquals("[[3, cleo]]", node.rows());
        }
    }

    @Test
    void releasesThatAreTooOldGoAndTheCurrentOneStays() throws IOException {
        for (String mode : List.of("append", "replace")) {
            try (ErasedNode node = new ErasedNode(directory.resolve(mode))) {
                String custom =
                        "- property: sheaf.publish\n  value: {minScore: 0.1, mode: " + mode + "}\n";
                node.node.declare(PEOPLE, COLUMNS, "", custom);
                Path first = node.node.file("a.csv", "id,person,said\n1,ann,a\nx,ben,b\n");
                node.node.publish(PEOPLE, first);
                publish(node, "b.csv", "2,ben,b\n");
                Instant cutoff = Instant.now().plusMillis(1);
                while (Instant.now().isBefore(cutoff.plusMillis(1))) {
                    Thread.onSpinWait();
                }
                publish(node, "c.csv", "3,cleo,c\n");
                String before = node.rows();

                RowsGone gone = releasesBefore(node, cutoff);

                assertEquals(List.of(1L, 2L), gone.releasesGone(), mode);
                assertEquals(1, gone.rejectedRows());
                assertEquals(before, node.rows());
                assertEquals(
                        List.of(3L),
                        node.releases.history(NAME).stream().map(Release::number).toList());
                assertTrue(
                        node.releases
                                .whyGone(NAME, new When.Number(2))
                                .orElseThrow()
                                .contains("its retention time was over"));
                assertTrue(releasesBefore(node, cutoff).isNothing());
                assertEquals(
                        mode.equals("append") ? "UNCHANGED" : "COMMITTED",
                        node.node.publish(PEOPLE, first).outcome());
                assertTrue(node.erase("nobody").isNothing());
            }
        }
    }

    private static RowsGone releasesBefore(ErasedNode node, Instant cutoff) {
        return node.eraser.erase(
                new RemovalOrder(
                        ErasedNode.order("").id(),
                        NAME,
                        new Selection.ReleasesBefore(cutoff),
                        Removal.Kind.RETENTION,
                        "retention"),
                RemovalStep.SILENT);
    }

    private static RowsGone expire(ErasedNode node, String column, Instant cutoff) {
        RemovalOrder order = ErasedNode.order("");
        return node.eraser.erase(
                new RemovalOrder(
                        order.id(),
                        NAME,
                        new RowSelection.Before(column, cutoff),
                        Removal.Kind.RETENTION,
                        "retention"),
                RemovalStep.SILENT);
    }

    private static PublishReport publish(ErasedNode node, String name, String rows) {
        PublishReport report =
                node.node.publish(PEOPLE, node.node.file(name, "id,person,said\n" + rows));
        assertEquals("COMMITTED", report.outcome(), report.reason().toString());
        return report;
    }
}
