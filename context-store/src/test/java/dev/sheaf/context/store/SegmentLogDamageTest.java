package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// What a log does about files that are not as it left them.
final class SegmentLogDamageTest {
    @TempDir private Path directory;
    private Path folder = Path.of("none");

    @BeforeEach
    void folder() {
        folder = directory.resolve("log");
    }

    private Path last() throws IOException {
        return LogFolders.segments(folder).getLast();
    }

    private static void overwrite(Path file, long offset, byte... bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            access.write(bytes);
        }
    }

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            int old = access.read();
            access.seek(offset);
            access.write(old ^ 0x10);
        }
    }

    /// A folder as a crash leaves it after these records, the last synced one included.
    private void crashed(long synced, long written) throws IOException {
        Path running = directory.resolve("running");
        try (SegmentLog log = LogFolders.open(running)) {
            LogContent.append(log, 1, synced);
            log.sync();
            if (written > synced) {
                LogContent.append(log, synced + 1, written);
                log.sync();
            }
            LogFolders.copy(running, folder);
        }
    }

    private long endOfRecords() throws IOException {
        byte[] bytes = Files.readAllBytes(last());
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aTornTailIsCutAndWritingGoesOn() throws Exception {
        crashed(20, 21);
        flip(last(), endOfRecords() - 3);
        try (SegmentLog log = LogFolders.open(folder)) {
            assertTrue(log.tornTail().isPresent());
            assertEquals(last(), log.tornTail().get().file());
            assertEquals(20, LogContent.assertPrefix(log));
            LogContent.append(log, 21, 25);
        }
        try (SegmentLog log = LogFolders.open(folder)) {
            assertTrue(log.tornTail().isEmpty());
            assertEquals(25, LogContent.assertPrefix(log));
        }
    }

    @Test
    void garbageAfterTheEndIsCut() throws Exception {
        crashed(20, 20);
        byte[] garbage = new byte[5_000];
        new Random(3).nextBytes(garbage);
        overwrite(last(), endOfRecords() + 16, garbage);
        try (SegmentLog log = LogFolders.open(folder)) {
            assertTrue(log.tornTail().isPresent());
            assertEquals(20, LogContent.assertPrefix(log));
        }
    }

    /// A power cut may leave later pages of a write and lose earlier ones.
    @Test
    void aHoleInWhatWasNeverSyncedIsATornTail() throws Exception {
        Path running = directory.resolve("running");
        long end;
        try (SegmentLog log = LogFolders.open(running)) {
            LogContent.append(log, 1, 10);
            log.sync();
            LogFolders.copy(running, folder);
            end = endOfRecords();
            LogContent.append(log, 11, 40);
            log.sync();
            Files.copy(
                    LogFolders.segments(running).getLast(),
                    last(),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertEquals(1, LogFolders.segments(folder).size());
        overwrite(last(), end + 8, new byte[2_000]);
        try (SegmentLog log = LogFolders.open(folder)) {
            assertEquals(10, LogContent.assertPrefix(log));
        }
    }

    @Test
    void damageBeforeLaterSyncedRecordsIsRefusedWithFileAndOffset() throws Exception {
        crashed(20, 21);
        long offset = 512 + 700;
        flip(last(), offset);
        byte[] before = Files.readAllBytes(last());
        Problem problem = assertThrows(Problem.class, () -> LogFolders.open(folder));
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertEquals(last().toString(), problem.details().get("file"));
        assertTrue(
                problem.details().get("offset") instanceof Long named
                        && named <= offset
                        && named > offset - 1_000);
        assertTrue(problem.message().contains("Restore"), problem.message());
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(last()));
    }

    @Test
    void damageToALogThatWasClosedIsNeverTakenForATornTail() throws Exception {
        try (SegmentLog log = LogFolders.open(folder)) {
            LogContent.append(log, 1, 20);
        }
        flip(last(), endOfRecords() - 60);
        assertEquals(
                ProblemCode.STORAGE_FAILED,
                assertThrows(Problem.class, () -> LogFolders.open(folder)).code());
    }

    @Test
    void damageInAnOlderSegmentIsFoundWhenItIsRead() throws Exception {
        crashed(400, 400);
        Path first = LogFolders.segments(folder).getFirst();
        flip(first, Files.size(first) - 30);
        try (SegmentLog log = LogFolders.open(folder)) {
            assertTrue(log.segmentCount() > 2);
            Problem problem = assertThrows(Problem.class, () -> LogContent.assertPrefix(log));
            assertEquals(first.toString(), problem.details().get("file"));
        }
    }

    @Test
    void aMissingSegmentIsRefused() throws Exception {
        crashed(600, 600);
        List<Path> segments = LogFolders.segments(folder);
        Files.delete(segments.get(1));
        Problem problem = assertThrows(Problem.class, () -> LogFolders.open(folder));
        assertTrue(problem.message().contains("missing"), problem.message());
    }

    @Test
    void anotherNodesLogIsRefused() throws Exception {
        crashed(1, 1);
        SegmentLogOptions other = new SegmentLogOptions(folder, "mesh/other", 64 << 10, 4 << 10);
        Problem problem = assertThrows(Problem.class, () -> SegmentLog.open(other, new Random(1)));
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        LogFolders.open(folder).close();
    }

    @Test
    void onlyOneMayHaveItOpen() {
        try (SegmentLog log = LogFolders.open(folder)) {
            assertEquals(
                    ProblemCode.CONFLICT,
                    assertThrows(Problem.class, () -> LogFolders.open(folder)).code());
            LogContent.append(log, 1);
        }
        LogFolders.open(folder).close();
    }

    @Test
    void whatACrashLeftUnfinishedIsRemoved() throws Exception {
        crashed(5, 5);
        Path unfinished = folder.resolve("0000000000000000006.log.tmp");
        Files.write(unfinished, new byte[100]);
        try (SegmentLog log = LogFolders.open(folder)) {
            assertEquals(5, LogContent.assertPrefix(log));
        }
        assertTrue(Files.notExists(unfinished));
    }

    /// Bytes flipped, zeroed or cut off anywhere: the log refuses, or has a prefix of what was
    /// written that is short of at most the last sync. Nothing else ever comes out.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noDamageEverGivesAWrongRecord(boolean closed) throws Exception {
        long seed = 20261126;
        Random random = new Random(seed);
        long written = 150;
        Path running = directory.resolve("running");
        Path intact = directory.resolve("intact");
        try (SegmentLog log = LogFolders.open(running)) {
            for (long sequence = 1; sequence <= written; sequence++) {
                LogContent.append(log, sequence);
                if (sequence % 10 == 0) {
                    log.sync();
                }
            }
            if (!closed) {
                LogFolders.copy(running, intact);
            }
        }
        if (closed) {
            LogFolders.copy(running, intact);
        }
        int refused = 0;
        int rounds = 250;
        for (int round = 0; round < rounds; round++) {
            Path damaged = directory.resolve("damaged" + round);
            LogFolders.copy(intact, damaged);
            long safe =
                    switch (damage(LogFolders.segments(damaged), random)) {
                        case CUT -> 0;
                        case PATCH -> written - 10;
                        // One byte does not hit both a record and the mark of a closed log.
                        case FLIP -> closed ? written : written - 10;
                    };
            String where = "seed " + seed + ", round " + round;
            refused +=
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(20), () -> refuses(damaged, safe, where), where);
            delete(damaged);
        }
        assertTrue(refused > 0 && refused < rounds, refused + " of " + rounds + " were refused");
    }

    private static int refuses(Path damaged, long recordsMin, String where) {
        try (SegmentLog log = LogFolders.open(damaged)) {
            long found = LogContent.assertPrefix(log);
            assertTrue(found >= recordsMin, where + ": only " + found + " records are left");
            return 0;
        } catch (Problem e) {
            assertEquals(ProblemCode.STORAGE_FAILED, e.code(), where);
            return 1;
        } catch (RuntimeException | AssertionError e) {
            return fail(where, e);
        }
    }

    private enum Damage {
        CUT,
        PATCH,
        FLIP
    }

    private static Damage damage(List<Path> segments, Random random) throws IOException {
        Path file = segments.get(random.nextInt(segments.size()));
        long offset = (long) (random.nextDouble() * Files.size(file));
        switch (random.nextInt(4)) {
            case 0 -> {
                try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                    access.setLength(offset);
                }
                return Damage.CUT;
            }
            case 1 -> overwrite(file, offset, new byte[1 + random.nextInt(300)]);
            case 2 -> {
                byte[] garbage = new byte[1 + random.nextInt(3_000)];
                random.nextBytes(garbage);
                overwrite(file, offset, garbage);
            }
            default -> {
                flip(file, offset);
                return Damage.FLIP;
            }
        }
        return Damage.PATCH;
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : LogFolders.files(folder)) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
