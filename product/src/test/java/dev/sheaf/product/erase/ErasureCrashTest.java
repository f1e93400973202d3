package dev.sheaf.product.erase;

import static dev.sheaf.product.erase.ErasedNode.COLUMNS;
import static dev.sheaf.product.erase.ErasedNode.NAME;
import static dev.sheaf.product.erase.ErasedNode.PEOPLE;
import static dev.sheaf.product.erase.ErasedNode.SUBJECT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.product.Removal;
import dev.sheaf.product.ledger.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

final class ErasureCrashTest {
    private static final String LENIENT = "- property: sheaf.publish\n  value: {minScore: 0.1}\n";
    private static final String WITH = "[[1, " + SUBJECT + "], [2, ben], [3, cleo]]";
    private static final String WITHOUT = "[[2, ben], [3, cleo]]";

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(RemovalStep.class)
    void killedAnywhereTheRowsAreThereOrGoneAndTheNextErasureFinishes(RemovalStep step)
            throws Exception {
        try (ErasedNode node = new ErasedNode(directory)) {
            prepare(node);
        }
        Process child = ChildJvm.start(HaltingErasure.class, directory.toString(), step.name());
        ChildJvm.awaitLine(child, "HALTED");
        child.destroyForcibly().waitFor();
        boolean committed = step.compareTo(RemovalStep.COMMIT) > 0;
        boolean begun = step.compareTo(RemovalStep.FIND) > 0;
        try (ErasedNode node = new ErasedNode(directory)) {
            assertEquals(committed ? WITHOUT : WITH, node.rows());
            if (begun && step.compareTo(RemovalStep.DELETE) <= 0) {
                assertEquals(1, node.node.ledger.unfinishedRemovals().size());
            }
            if (committed) {
                assertThrows(Problem.class, () -> node.releases.rollback(NAME, 1, "olga"));
            }

            RowsGone gone = node.erase(SUBJECT);

            assertEquals(WITHOUT, node.rows());
            assertEquals(List.of(), node.node.ledger.unfinishedRemovals());
            assertEquals(List.of(), Leftovers.of(directory.resolve("store"), SUBJECT));
            assertEquals(List.of(), Leftovers.of(directory.resolve("erase"), SUBJECT));
            if (step.compareTo(RemovalStep.DELETE) <= 0) {
                assertEquals(1, gone.rows());
                assertEquals(List.of(1L, 2L), gone.releasesGone());
            }
            assertEquals(3, node.releases.current(NAME).orElseThrow().number());
            assertEquals(
                    committed ? "killed-at-" + step : "erase-1",
                    node.releases
                            .current(NAME)
                            .orElseThrow()
                            .runId()
                            .replaceAll("erase-.*", "erase-1"));
        }
    }

    @Test
    void aNodeThatStartsAgainBringsHistoryAndFilesToTheirEnd() throws Exception {
        try (ErasedNode node = new ErasedNode(directory)) {
            prepare(node);
        }
        Process child = ChildJvm.start(HaltingErasure.class, directory.toString(), "FORGET");
        ChildJvm.awaitLine(child, "HALTED");
        child.destroyForcibly().waitFor();
        try (ErasedNode node = new ErasedNode(directory)) {
            List<Removal> ended = node.eraser.recover();
            assertEquals(Removal.State.DONE, ended.getFirst().state());
            assertEquals(1, node.releases.history(NAME).size());
            assertEquals(
                    List.of("people/quarantine/run-2/rows.parquet"),
                    Leftovers.of(directory.resolve("store/sales"), SUBJECT).stream()
                            .map(file -> file.replaceAll("run-\\d+", "run-2"))
                            .toList());
            assertEquals(List.of(), node.eraser.recover());
        }
    }

    @Test
    void twoErasuresAndAPublishAtOnceAllEndWell() throws Exception {
        try (ErasedNode node = new ErasedNode(directory)) {
            prepare(node);
            Path more = node.node.file("more.csv", "id,person,said\n8,eve,x\n");
            List<CompletableFuture<Long>> all = new ArrayList<>();
            all.add(CompletableFuture.supplyAsync(() -> node.erase(SUBJECT).rows()));
            all.add(CompletableFuture.supplyAsync(() -> node.erase("cleo").rows()));
            all.add(
                    CompletableFuture.supplyAsync(
                            () -> node.node.publish(PEOPLE, more).rowsPublished()));
            all.add(CompletableFuture.supplyAsync(() -> node.erase(SUBJECT).rows()));
            long rows = 0;
            for (CompletableFuture<Long> one : all) {
                rows += one.get();
            }
            assertEquals(3, rows);
            assertEquals("[[2, ben], [8, eve]]", node.rows());
            assertTrue(Leftovers.of(directory.resolve("store"), SUBJECT).isEmpty());
        }
    }

    private static void prepare(ErasedNode node) {
        node.node.declare(PEOPLE, COLUMNS, "", LENIENT);
        node.node.publish(
                PEOPLE,
                node.node.file("a.csv", "id,person,said\n1," + SUBJECT + ",hello\n2,ben,hi\n"));
        node.node.publish(
                PEOPLE,
                node.node.file("b.csv", "id,person,said\n3,cleo,x\nx," + SUBJECT + ",bad\n"));
    }
}
