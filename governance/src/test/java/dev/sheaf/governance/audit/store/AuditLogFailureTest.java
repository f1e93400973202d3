package dev.sheaf.governance.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Full disks, broken disks and crashes: nothing that was acknowledged is lost.
final class AuditLogFailureTest {
    @TempDir private Path directory;

    private static Problem failure(CompletionException e) {
        return assertInstanceOf(Problem.class, e.getCause());
    }

    /// @return how many events were acknowledged
    private static long run(LogFixture fixture, FaultyAuditDisk disk, int events) {
        long acknowledged = 0;
        AuditLog log;
        try {
            log = fixture.open(disk);
        } catch (Problem e) {
            assertEquals(ProblemCode.STORAGE_FAILED, e.code());
            return 0;
        }
        try {
            for (int i = 0; i < events; i++) {
                log.append(LogFixture.event(acknowledged)).join();
                acknowledged++;
            }
        } catch (CompletionException e) {
            assertEquals(ProblemCode.STORAGE_FAILED, failure(e).code());
        }
        try {
            log.close();
        } catch (Problem e) {
            assertEquals(ProblemCode.STORAGE_FAILED, e.code());
        }
        return acknowledged;
    }

    private static void assertHas(AuditLog log, long acknowledged) {
        assertTrue(log.size() >= acknowledged, log.size() + " of " + acknowledged);
        long count = 0;
        try (AuditCursor cursor = log.search(AuditQuery.ALL)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                assertEquals(new AuditEntry(count, LogFixture.event(count)), next.get());
                count++;
            }
        }
        assertEquals(log.size(), count);
    }

    /// The disk fails for good at each single operation in turn, with segments being closed and
    /// checkpoints being signed.
    @Test
    void whereverTheDiskFailsAcknowledgedEntriesSurvive() throws IOException {
        FaultyAuditDisk counting = new FaultyAuditDisk();
        LogFixture whole = new LogFixture(directory.resolve("all"));
        whole.checkpointEntries = 7;
        assertEquals(40, run(whole, counting, 40));
        int operations = counting.operations();
        assertTrue(operations > 150, operations + " operations");
        for (int failing = 0; failing < operations; failing += 3) {
            LogFixture fixture = new LogFixture(directory.resolve("log" + failing));
            fixture.checkpointEntries = 7;
            FaultyAuditDisk disk = new FaultyAuditDisk();
            disk.failAfter(failing);
            long acknowledged = run(fixture, disk, 40);
            AuditReport report = fixture.verify();
            boolean isExplained =
                    report.isIntact()
                            || report.findings().stream()
                                    .allMatch(finding ->
                                            finding.kind().isHarmless()
                                                    || finding.kind()
                                                            == AuditFinding.Kind
                                                                    .MISSING_CHECKPOINT);
            assertTrue(isExplained, failing + ": " + report);
            try (AuditLog log = fixture.open()) {
                assertHas(log, acknowledged);
                LogFixture.appendSingly(log, 20);
                assertHas(log, acknowledged + 20);
            }
            assertEquals(java.util.List.of(), fixture.verify().findings(), "operation " + failing);
            LogFixture.delete(fixture.folder);
        }
    }

    @Test
    void aFullDiskRefusesAndGoesOnWhenThereIsRoom() {
        LogFixture fixture = new LogFixture(directory.resolve("log"));
        FaultyAuditDisk disk = new FaultyAuditDisk();
        try (AuditLog log = fixture.open(disk)) {
            for (int round = 0; round < 30; round++) {
                LogFixture.appendSingly(log, 3);
                long size = log.size();
                disk.fill(true);
                for (int i = 0; i < 3; i++) {
                    CompletionException refused =
                            assertThrows(
                                    CompletionException.class,
                                    () -> log.append(LogFixture.event(0)).join());
                    assertEquals(ProblemCode.STORAGE_FAILED, failure(refused).code());
                    assertThrows(Problem.class, log::sign);
                }
                assertEquals(size, log.size());
                disk.fill(false);
            }
            assertHas(log, 90);
        }
        AuditReport report = fixture.verify();
        assertEquals(java.util.List.of(), report.findings());
        assertEquals(90, report.signedSize());
    }

    @Test
    void aFailedSyncIsFinalUntilTheLogIsReopened() {
        LogFixture fixture = new LogFixture(directory.resolve("log"));
        FaultyAuditDisk disk = new FaultyAuditDisk();
        AuditLog log = fixture.open(disk);
        LogFixture.appendSingly(log, 5);
        // The hashes and the group are written, and the sync fails.
        disk.failAfter(2);
        assertThrows(CompletionException.class, () -> log.append(LogFixture.event(5)).join());
        disk.failAfter(Integer.MAX_VALUE);
        assertThrows(CompletionException.class, () -> log.append(LogFixture.event(5)).join());
        assertEquals(5, log.size());
        assertThrows(Problem.class, log::close);
        try (AuditLog reopened = fixture.open()) {
            assertHas(reopened, 5);
        }
    }

    /// A process that was killed leaves any part of its last group.
    @Test
    void theLastGroupCutAtAnyByteIsRepaired() throws IOException {
        Path image = directory.resolve("image");
        LogFixture fixture = new LogFixture(directory.resolve("log"));
        fixture.segmentBytes = 1 << 20;
        long before;
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 20);
            log.sign();
            LogFixture.appendSingly(log, 5);
            before = Files.size(fixture.segmentFiles().getLast());
            LogFixture.appendSingly(log, 1);
            LogFixture.copy(fixture.folder, image);
        }
        String name = fixture.segmentFiles().getLast().getFileName().toString();
        long after = Files.size(image.resolve(name));
        for (long length = before; length <= after; length++) {
            LogFixture cut = withKeyOf(fixture, directory.resolve("cut"));
            LogFixture.copy(image, cut.folder);
            truncate(cut.folder.resolve(name), length);
            boolean isTorn = length > before && length < after;
            AuditReport report = cut.verify();
            assertTrue(report.isIntact(), length + ": " + report);
            assertEquals(
                    isTorn,
                    report.findings().stream()
                            .anyMatch(finding -> finding.kind() == AuditFinding.Kind.TORN_TAIL));
            try (AuditLog log = cut.open()) {
                assertEquals(length == after ? 26 : 25, log.size(), "cut at " + length);
                assertEquals(isTorn, log.tornTail().isPresent());
                if (isTorn) {
                    assertEquals(before, log.tornTail().get().offset());
                    assertEquals(length - before, log.tornTail().get().bytes());
                }
                assertHas(log, 25);
                LogFixture.appendSingly(log, 1);
            }
            assertEquals(java.util.List.of(), cut.verify().findings());
            LogFixture.delete(cut.folder);
        }
    }

    /// A power cut may leave later pages of the last group and lose earlier ones.
    @Test
    void theLastGroupWithHolesIsRepaired() throws IOException {
        LogFixture fixture = new LogFixture(directory.resolve("log"));
        fixture.segmentBytes = 1 << 20;
        Path image = directory.resolve("image");
        long before;
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 20);
            log.sign();
            LogFixture.appendSingly(log, 1);
            before = Files.size(fixture.segmentFiles().getLast());
            LogFixture.append(log, 1);
            LogFixture.copy(fixture.folder, image);
        }
        String name = fixture.segmentFiles().getLast().getFileName().toString();
        byte[] content = Files.readAllBytes(image.resolve(name));
        for (int hole = (int) before; hole < content.length; hole += 16) {
            LogFixture holed = withKeyOf(fixture, directory.resolve("holed"));
            LogFixture.copy(image, holed.folder);
            byte[] changed = content.clone();
            for (int i = hole; i < Math.min(hole + 16, changed.length); i++) {
                changed[i] = 0;
            }
            Files.write(holed.folder.resolve(name), changed);
            try (AuditLog log = holed.open()) {
                assertEquals(21, log.size());
                assertEquals(before, log.tornTail().orElseThrow().offset());
            }
            assertEquals(java.util.List.of(), holed.verify().findings());
            LogFixture.delete(holed.folder);
        }
    }

    @Test
    void aHoleBeforeALaterGroupIsDamageAndNotATornTail() throws IOException {
        LogFixture fixture = new LogFixture(directory.resolve("log"));
        fixture.segmentBytes = 1 << 20;
        long start;
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 3);
            start = Files.size(fixture.segmentFiles().getLast());
            LogFixture.appendSingly(log, 3);
        }
        Path file = fixture.segmentFiles().getLast();
        byte[] content = Files.readAllBytes(file);
        content[(int) start + 60] ^= 1;
        Files.write(file, content);
        Problem problem = assertThrows(Problem.class, fixture::open);
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertEquals(start, problem.details().get("offset"));
        assertEquals(content.length, Files.size(file), "nothing was cut");
    }

    @Test
    void lostHashesAreMadeAgain() throws IOException {
        LogFixture fixture = new LogFixture(directory.resolve("log"));
        try (AuditLog log = fixture.open()) {
            LogFixture.append(log, 700);
        }
        for (int level = 0; level < StoredHashes.LEVELS; level++) {
            truncate(StoredHashes.file(fixture.folder, level), 32L * level);
        }
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 1);
        }
        assertEquals(java.util.List.of(), fixture.verify().findings());
    }

    static LogFixture withKeyOf(LogFixture fixture, Path folder) {
        return new LogFixture(folder, fixture.signer, fixture.segmentBytes);
    }

    static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
