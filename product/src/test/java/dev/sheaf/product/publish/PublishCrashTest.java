package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.Run;
import dev.sheaf.product.ledger.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

final class PublishCrashTest {
    private static final String PEOPLE =
            """
            - {name: id, logicalType: integer, required: true, unique: true, primaryKey: true, primaryKeyPosition: 1}
            - {name: name, logicalType: string, required: true}
            """;
    private static final String ORDERED = "SELECT id FROM release ORDER BY id";

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FETCH", "CHECK", "COMMIT", "RECORD"})
    void killedAnywhereThereIsTheOldReleaseOrTheWholeNewOneAndNothingElse(Phase phase)
            throws Exception {
        Path second;
        try (TestNode node = new TestNode(directory)) {
            node.declare("sales.people", PEOPLE, "", "");
            node.publish("sales.people", node.file("a.csv", "id,name\n1,Ada\n"));
            second = node.file("b.csv", "id,name\n2,Bob\n3,\n");
        }
        Process child =
                ChildJvm.start(
                        HaltingPublish.class,
                        directory.toString(),
                        second.toString(),
                        phase.name());
        ChildJvm.awaitLine(child, "HALTED");
        child.destroyForcibly().waitFor();
        boolean visible = phase == Phase.RECORD;
        try (TestNode node = new TestNode(directory)) {
            assertEquals(
                    visible ? "[[1], [2]]" : "[[1]]",
                    node.rows("sales.people", ORDERED).toString());
            List<Run> settled = node.publisher.recover();
            assertEquals(
                    visible ? Run.State.COMMITTED : Run.State.FAILED, settled.getFirst().state());
            assertEquals(List.of(), TestNode.filesBelow(directory.resolve("scratch")));
            long runsWithFiles =
                    TestNode.filesBelow(directory.resolve("store")).stream()
                            .filter(file -> file.contains("killed-at-"))
                            .count();
            assertEquals(visible ? 2 : 0, runsWithFiles);
            PublishReport again = node.publish("sales.people", second);
            assertEquals(visible ? "UNCHANGED" : "COMMITTED", again.outcome());
            assertEquals("[[1], [2]]", node.rows("sales.people", ORDERED).toString());
        }
    }

    @Test
    void twoAtOnceBothEndWell() throws Exception {
        try (TestNode node = new TestNode(directory)) {
            node.declare("sales.people", PEOPLE, "", "");
            List<CompletableFuture<PublishReport>> all = new ArrayList<>();
            Path same = node.file("same.csv", "id,name\n100,Same\n");
            for (int i = 0; i < 2; i++) {
                Path own = node.file(i + ".csv", "id,name\n" + i + ",x\n");
                all.add(
                        CompletableFuture.supplyAsync(
                                () -> node.publish("sales.people", same, own)));
            }
            long rows = 0;
            for (CompletableFuture<PublishReport> one : all) {
                rows += one.get().rowsPublished();
            }
            assertEquals(3, rows);
            assertEquals(2, node.releases("sales.people"));
            assertEquals("[[0], [1], [100]]", node.rows("sales.people", ORDERED).toString());
        }
    }

    @Test
    void aCancelledPublishLeavesNothing() throws IOException {
        try (TestNode node = new TestNode(directory)) {
            node.declare("sales.people", PEOPLE, "", "");
            PublishRequest request =
                    TestNode.request("sales.people", node.file("a.csv", "id,name\n1,Ada\n2,\n"));
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    node.publisher.publish(
                                            request,
                                            progress -> {
                                                if (progress.phase() == Phase.COMMIT) {
                                                    node.publisher.cancel(request.runId());
                                                }
                                            },
                                            ReleaseGate.OPEN));
            assertEquals(ProblemCode.CANCELLED, problem.code());
            assertEquals(
                    Run.State.CANCELLED, node.ledger.run(request.runId()).orElseThrow().state());
            assertEquals(
                    0,
                    TestNode.filesBelow(directory.resolve("store")).stream()
                            .filter(file -> file.endsWith(".parquet"))
                            .count());
        }
    }

    @Test
    void aStagingFolderThatCannotBeWrittenIsAStorageFailure() throws IOException {
        try (TestNode node = new TestNode(directory)) {
            node.declare("sales.people", PEOPLE, "", "");
            Path file = node.file("a.csv", "id,name\n1,Ada\n");
            Path scratch = directory.resolve("scratch");
            PublishRun.deleteTree(scratch);
            Files.writeString(scratch, "a file where a folder should be");
            Problem problem = assertThrows(Problem.class, () -> node.publish("sales.people", file));
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
            assertEquals(0, node.releases("sales.people"));
        }
    }
}
