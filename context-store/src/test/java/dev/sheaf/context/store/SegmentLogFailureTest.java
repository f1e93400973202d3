package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Disks that fail while a log is written: nothing that was acknowledged is lost, and nothing is
/// acknowledged afterwards.
final class SegmentLogFailureTest {
    @TempDir private Path directory;
    private Path mounted = Path.of("none");

    private static SegmentLog open(Path folder, FaultyDisk disk) {
        return SegmentLog.open(LogFolders.small(folder), new Random(7), disk);
    }

    @Test
    void afterAFailedSyncNothingIsAcknowledgedAnyMore() {
        Path folder = directory.resolve("log");
        FaultyDisk disk = new FaultyDisk();
        try (SegmentLog log = open(folder, disk)) {
            LogContent.append(log, 1, 5);
            log.sync();
            LogContent.append(log, 6);
            disk.failAfter(1);
            Problem problem = assertThrows(Problem.class, log::sync);
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
            disk.failAfter(Integer.MAX_VALUE);
            assertThrows(Problem.class, log::sync);
            assertThrows(Problem.class, () -> LogContent.append(log, 7));
            assertThrows(Problem.class, () -> log.read(0, 0, 1));
            assertEquals(5, log.syncedPosition());
        }
        try (SegmentLog log = LogFolders.open(folder)) {
            assertTrue(LogContent.assertPrefix(log) >= 5);
        }
    }

    /// The disk fails at each single operation in turn, with segments coming and going.
    @Test
    void whereverTheDiskFailsAcknowledgedRecordsSurvive() {
        FaultyDisk counting = new FaultyDisk();
        assertEquals(300, runUntilFailure(directory.resolve("all"), counting));
        int operations = counting.operations();
        for (int failing = 0; failing < operations; failing += 5) {
            Path folder = directory.resolve("log" + failing);
            FaultyDisk disk = new FaultyDisk();
            disk.failAfter(failing);
            long acknowledged = runUntilFailure(folder, disk);
            try (SegmentLog log = LogFolders.open(folder)) {
                long found = LogContent.assertPrefix(log);
                assertTrue(
                        found >= acknowledged,
                        "operation "
                                + failing
                                + ": "
                                + acknowledged
                                + " acknowledged, "
                                + found
                                + " found");
            }
        }
    }

    private static long runUntilFailure(Path folder, FaultyDisk disk) {
        long acknowledged = 0;
        try (SegmentLog log = open(folder, disk)) {
            for (long sequence = 1; sequence <= 300; sequence++) {
                LogContent.append(log, sequence);
                if (sequence % 5 == 0) {
                    acknowledged = log.sync();
                }
            }
        } catch (Problem e) {
            assertEquals(ProblemCode.STORAGE_FAILED, e.code());
        }
        return acknowledged;
    }

    /// Each segment is as it was or rewritten, wherever scrubbing stops.
    @Test
    void aScrubThatFailsLeavesEachRecordOldOrNew() {
        byte[] erased = new byte[3];
        for (int failing = 0; failing < 60; failing += 2) {
            Path folder = directory.resolve("log" + failing);
            FaultyDisk disk = new FaultyDisk();
            try (SegmentLog log = open(folder, disk)) {
                LogContent.append(log, 1, 200);
                log.sync();
                disk.failAfter(failing);
                log.scrub(record -> record.position() % 3 == 0 ? erased : record.payload());
            } catch (Problem e) {
                assertEquals(ProblemCode.STORAGE_FAILED, e.code());
            }
            try (SegmentLog log = LogFolders.open(folder)) {
                long[] count = new long[1];
                log.replay(
                        0,
                        record -> {
                            assertEquals(++count[0], record.position());
                            boolean old =
                                    java.util.Arrays.equals(
                                            record.payload(),
                                            LogContent.payload(record.position()));
                            assertTrue(
                                    old
                                            || (record.position() % 3 == 0
                                                    && record.payload().length == 3));
                        });
                assertEquals(200, count[0]);
                log.scrub(record -> record.position() % 3 == 0 ? erased : record.payload());
                log.replay(
                        0,
                        record ->
                                assertTrue(
                                        record.position() % 3 != 0
                                                || record.payload().length == 3));
            }
        }
    }

    @Test
    void erasedBytesAreNoLongerInTheFiles() throws Exception {
        Path folder = directory.resolve("log");
        byte[] secret = "a secret that must go".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (SegmentLog log = LogFolders.open(folder)) {
            log.append(0, 0, 1, 1, secret, 0, secret.length);
            log.append(0, 0, 2, 2, new byte[5], 0, 5);
            log.sync();
            assertEquals(1, log.scrub(r -> r.firstSequence() == 1 ? new byte[0] : r.payload()));
            for (Path file : LogFolders.files(folder)) {
                String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertTrue(!text.contains("a secret"), file.toString());
            }
            assertEquals(2, log.lastSequences().get(new StreamId(0, 0)));
        }
    }

    @Test
    void aReaderWhoseSegmentIsCutIsToldSo() {
        try (SegmentLog log = LogFolders.open(directory.resolve("log"))) {
            LogContent.append(log, 1, 600);
            log.sync();
            try (LogCursor cursor = ((LogRead.Open) log.read(0, 0, 1)).cursor()) {
                assertEquals(1, cursor.next().orElseThrow().firstSequence());
                assertTrue(log.truncate(Map.of(new StreamId(0, 0), 600L), 600) > 1);
                Problem problem = assertThrows(Problem.class, () -> drain(cursor));
                assertEquals(ProblemCode.CONFLICT, problem.code());
            }
        }
    }

    private static void drain(LogCursor cursor) {
        while (cursor.next().isPresent()) {
            // Only the end, or the problem, matters.
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

    @AfterEach
    void unmount() throws Exception {
        if (Files.exists(mounted)) {
            run("umount", "-l", mounted.toString());
        }
    }

    @Test
    void aFullDiskFailsTheLogAndKeepsWhatWasAcknowledged() throws Exception {
        Path disk = directory.resolve("disk");
        mount(disk, "600k");
        Path folder = disk.resolve("log");
        long acknowledged = 0;
        try (SegmentLog log = LogFolders.open(folder)) {
            for (long sequence = 1; ; sequence++) {
                LogContent.append(log, sequence);
                acknowledged = log.sync();
            }
        } catch (Problem e) {
            assertEquals(ProblemCode.STORAGE_FAILED, e.code(), e.message());
            assertTrue(e.message().contains("make room"), e.message());
        }
        assertTrue(acknowledged > 100);
        assertTrue(run("mount", "-o", "remount,size=8m", mounted.toString()));
        try (SegmentLog log = LogFolders.open(folder)) {
            long found = LogContent.assertPrefix(log);
            assertTrue(found >= acknowledged);
            LogContent.append(log, found + 1, found + 50);
        }
    }
}
