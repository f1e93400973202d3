package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.Run;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Disks that are full or cannot be written, made by mounting small or read-only file systems. This
/// takes the right to mount; without it the tests are skipped.
final class StorageFailureTest {
    private static final String PEOPLE =
            """
            - {name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1}
            - {name: name, logicalType: string, required: true}
            """;
    private static final String PRODUCT = "sales.people";

    @TempDir Path directory;
    private Path mounted;

    @BeforeEach
    void folder() {
        mounted = directory.resolve("none");
    }

    @AfterEach
    void unmount() throws Exception {
        if (Files.exists(mounted)) {
            run("umount", "-l", mounted.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private void mount(Path folder, String size) throws Exception {
        Files.createDirectories(folder);
        boolean done;
        try {
            done = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
        } catch (IOException e) {
            done = false;
        }
        assumeTrue(done, "no right to mount a file system");
        mounted = folder;
    }

    private void remount(String options) throws Exception {
        assertTrue(run("mount", "-o", "remount," + options, mounted.toString()));
    }

    /// About two megabytes that do not compress, some of them bad rows.
    private static String large() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("id,name\n");
        for (int i = 10; i < 30_000; i++) {
            text.append(i).append(',');
            if (i % 100 != 0) {
                for (int part = 0; part < 4; part++) {
                    text.append(Long.toString(random.nextLong(), 36));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void first(TestNode node) {
        node.declare(PRODUCT, PEOPLE, "", "");
        assertEquals(
                "COMMITTED",
                node.publish(PRODUCT, node.file("a.csv", "id,name\n1,Ada\n")).outcome());
    }

    private void assertOnlyTheFirst(TestNode node) throws IOException {
        assertEquals(1, node.releases(PRODUCT));
        assertEquals("[[1]]", node.rows(PRODUCT, "SELECT id FROM release").toString());
    }

    private void assertNothingIsLeft(TestNode node, String run) throws IOException {
        assertEquals(List.of(), TestNode.filesBelow(directory.resolve("scratch")));
        assertEquals(List.of(), TestNode.filesBelow(directory.resolve("staging")));
        assertEquals(
                List.of(),
                TestNode.filesBelow(directory.resolve("store")).stream()
                        .filter(file -> file.contains("/" + run + "/"))
                        .toList());
        node.ledger.run(run).ifPresent(known -> assertEquals(Run.State.FAILED, known.state()));
        assertEquals(List.of(), node.ledger.unfinishedRuns());
    }

    private static PublishRequest failing(TestNode node, Path file) {
        PublishRequest request = TestNode.request(PRODUCT, file);
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                node.publisher.publish(
                                        request, PublishListener.SILENT, ReleaseGate.OPEN));
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code(), problem.toString());
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "store"})
    void aFullDiskFailsThePublishAndKeepsTheLastRelease(String name) throws Exception {
        mount(directory.resolve(name), "900k");
        try (TestNode node = new TestNode(directory)) {
            first(node);
            Path file = node.file("b.csv", large());
            PublishRequest request = failing(node, file);
            assertOnlyTheFirst(node);
            assertNothingIsLeft(node, request.runId());
            remount("size=64m");
            assertEquals("COMMITTED", node.publish(PRODUCT, file).outcome());
            assertEquals(2, node.releases(PRODUCT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scratch", "staging", "store"})
    void aDiskThatTurnedReadOnlyFailsThePublishAndKeepsTheLastRelease(String name)
            throws Exception {
        mount(directory.resolve(name), "64m");
        try (TestNode node = new TestNode(directory)) {
            first(node);
            Path file = node.file("b.csv", "id,name\n2,Bob\n3,\n");
            remount("ro");
            PublishRequest request = failing(node, file);
            assertOnlyTheFirst(node);
            assertEquals(
                    List.of(),
                    TestNode.filesBelow(directory.resolve("store")).stream()
                            .filter(path -> path.contains("/" + request.runId() + "/"))
                            .toList());
            remount("rw");
            assertEquals("COMMITTED", node.publish(PRODUCT, file).outcome());
            assertNothingIsLeft(node, request.runId());
        }
    }

    /// The disk fails between checking and committing, with everything half done.
    @ParameterizedTest
    @CsvSource({"store,WRITE", "store,COMMIT", "staging,WRITE"})
    void aDiskThatFailsInTheMiddleIsClearedUpByRecovery(String name, Phase phase) throws Exception {
        mount(directory.resolve(name), "64m");
        PublishRequest request;
        try (TestNode node = new TestNode(directory)) {
            first(node);
            request = TestNode.request(PRODUCT, node.file("b.csv", "id,name\n2,Bob\n3,\n"));
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    node.publisher.publish(
                                            request,
                                            progress -> failAt(phase, progress),
                                            ReleaseGate.OPEN));
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code(), problem.toString());
            assertOnlyTheFirst(node);
        }
        remount("rw");
        try (TestNode node = new TestNode(directory)) {
            node.publisher.recover();
            assertNothingIsLeft(node, request.runId());
            assertOnlyTheFirst(node);
            assertEquals(
                    "COMMITTED",
                    node.publish(PRODUCT, directory.resolve("in").resolve("b.csv")).outcome());
        }
    }

    private void failAt(Phase phase, PublishListener.Progress progress) {
        if (progress.phase() == phase) {
            try {
                remount("ro");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aScratchDiskThatFillsUpWhileUnpackingIsNotTakenForADamagedFile() throws Exception {
        mount(directory.resolve("scratch"), "300k");
        try (TestNode node = new TestNode(directory)) {
            first(node);
            java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
            try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(packed)) {
                gzip.write(large().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            PublishRequest request = failing(node, node.file("b.csv.gz", packed.toByteArray()));
            assertOnlyTheFirst(node);
            assertNothingIsLeft(node, request.runId());
        }
    }
}
