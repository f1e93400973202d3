package dev.sheaf.governance.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.audit.AuditDecision;
import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.merkle.ConsistencyProof;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.note.TestKeys;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// What an undamaged log does: appends, signs, finds, proves, exports.
final class AuditLogTest {
    @TempDir private Path directory;

    private LogFixture fixture() {
        return new LogFixture(directory.resolve("log"));
    }

    private static List<Long> found(AuditLog log, AuditQuery query) {
        List<Long> sequences = new ArrayList<>();
        try (AuditCursor cursor = log.search(query)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                AuditEntry entry = next.get();
                assertEquals(LogFixture.event(entry.sequence()), entry.event());
                sequences.add(entry.sequence());
            }
        }
        return sequences;
    }

    private static List<Long> foundBackwards(AuditLog log, AuditQuery query, long before) {
        List<Long> sequences = new ArrayList<>();
        try (AuditBackCursor cursor = log.searchBackwards(query, before)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                sequences.add(next.get().sequence());
            }
        }
        return sequences;
    }

    private static List<Long> expected(long size, AuditQuery query) {
        List<Long> sequences = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            if (query.matches(new AuditEntry(i, LogFixture.event(i)))) {
                sequences.add(i);
            }
        }
        return sequences;
    }

    @Test
    void entriesAreThereInOrderAlsoAfterReopening() throws IOException {
        LogFixture fixture = fixture();
        for (int round = 0; round < 4; round++) {
            try (AuditLog log = fixture.open()) {
                assertEquals(round * 75L, log.size());
                assertTrue(log.tornTail().isEmpty());
                LogFixture.appendSingly(log, 30);
                LogFixture.append(log, 45);
                assertEquals(expected(log.size(), AuditQuery.ALL), found(log, AuditQuery.ALL));
            }
            Checkpoint checkpoint = Checkpoint.parse(fixture.checkpoint().text());
            assertEquals((round + 1) * 75L, checkpoint.size());
            AuditReport report = fixture.verify();
            assertEquals(List.of(), report.findings());
            assertEquals(checkpoint.size(), report.size());
            assertEquals(checkpoint.size(), report.signedSize());
        }
        assertTrue(fixture.segmentFiles().size() > 5, "segments were closed");
    }

    @Test
    void manyWritersGetTheirOwnNumbers() throws Exception {
        LogFixture fixture = fixture();
        List<AuditReceipt> receipts = Collections.synchronizedList(new ArrayList<>());
        try (AuditLog log = fixture.open()) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writers.add(
                        Thread.startVirtualThread(() -> {
                            for (int i = 0; i < 200; i++) {
                                receipts.add(log.append(LogFixture.event(i)).join());
                            }
                        }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertEquals(1600, log.size());
            assertEquals(
                    1600, receipts.stream().mapToLong(AuditReceipt::sequence).distinct().count());
            for (AuditReceipt receipt : receipts.subList(0, 50)) {
                assertEquals(receipt.leafHash(), log.entry(receipt.sequence()).leafHash());
                assertTrue(
                        log.prove(receipt.sequence())
                                .proves(
                                        receipt.leafHash(),
                                        LogFixture.ORIGIN,
                                        List.of(fixture.signer.key())));
            }
        }
        assertTrue(fixture.verify().isIntact());
    }

    @Test
    void everyConditionFindsWhatAFullPassFinds() {
        LogFixture fixture = fixture();
        fixture.segmentBytes = 300 << 10;
        try (AuditLog log = fixture.open()) {
            LogFixture.append(log, 5000);
            LogFixture.appendSingly(log, 3);
            List<AuditQuery> queries =
                    List.of(
                            AuditQuery.ALL.withFromSequence(4990),
                            AuditQuery.ALL.withFromSequence(9999),
                            AuditQuery.ALL.withActors(Set.of("user-3", "user-5")),
                            AuditQuery.ALL.withActors(Set.of("nobody")),
                            AuditQuery.ALL.withActions(Set.of("read")),
                            AuditQuery.ALL.withResources(Set.of("product-17")),
                            AuditQuery.ALL.withDecisions(Set.of(AuditDecision.DENY)),
                            AuditQuery.ALL.withDecisions(Set.of(AuditDecision.ERROR)),
                            AuditQuery.ALL.withSubjects(
                                    LogFixture.SUBJECTS.pseudonyms("subject-11")),
                            AuditQuery.ALL.withTimes(
                                    LogFixture.START.plusSeconds(1950),
                                    LogFixture.START.plusSeconds(2000)),
                            AuditQuery.ALL
                                    .withActors(Set.of("user-2"))
                                    .withResources(Set.of("product-3", "product-40"))
                                    .withFromSequence(350));
            for (AuditQuery query : queries) {
                assertEquals(expected(5003, query), found(log, query), query.toString());
                for (long before : new long[] {0, 1, 357, 2500, 5003, Long.MAX_VALUE}) {
                    assertEquals(
                            expected(5003, query).reversed().stream()
                                    .filter(sequence -> sequence < before)
                                    .toList(),
                            foundBackwards(log, query, before),
                            "before " + before + ": " + query);
                }
            }
        }
    }

    @Test
    void aMissingIndexOnlyMakesSearchingSlower() throws IOException {
        LogFixture fixture = fixture().with(100);
        for (Path segment : fixture.segmentFiles()) {
            Files.deleteIfExists(new Segment(segment, 0).indexFile());
        }
        AuditQuery query = AuditQuery.ALL.withActors(Set.of("user-4"));
        try (AuditLog log = fixture.open()) {
            assertEquals(expected(100, query), found(log, query));
        }
    }

    @Test
    void aSearchSeesTheLogAsItWas() {
        try (AuditLog log = fixture().open()) {
            LogFixture.appendSingly(log, 10);
            try (AuditCursor cursor = log.search(AuditQuery.ALL)) {
                LogFixture.appendSingly(log, 60);
                for (int i = 0; i < 10; i++) {
                    assertEquals(i, cursor.next().orElseThrow().sequence());
                }
                assertTrue(cursor.next().isEmpty());
                assertTrue(cursor.next().isEmpty());
            }
        }
    }

    @Test
    void checkpointsAreSignedAfterSoManyEntries() {
        LogFixture fixture = fixture();
        fixture.checkpointEntries = 10;
        fixture.segmentBytes = 1 << 20;
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 25);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (signedSize(log) < 20 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertEquals(20, signedSize(log));
        }
    }

    private static long signedSize(AuditLog log) {
        return log.checkpoint().map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
    }

    @Test
    void checkpointsAreSignedAfterSoLong() {
        LogFixture fixture = fixture();
        fixture.checkpointInterval = Duration.ofMillis(20);
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 3);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (signedSize(log) < 3 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertEquals(3, signedSize(log));
        }
    }

    @Test
    void anEmptyLogHasNoCheckpointAndNoEntry() {
        LogFixture fixture = fixture();
        try (AuditLog log = fixture.open()) {
            assertTrue(log.sign().isEmpty());
            assertEquals(0, log.size());
            assertEquals(0, log.export(AuditQuery.ALL, line -> {}));
            Problem problem = assertThrows(Problem.class, () -> log.entry(0));
            assertEquals(ProblemCode.NOT_FOUND, problem.code());
            assertThrows(Problem.class, () -> log.prove(0));
        }
        assertEquals(List.of(), fixture.verify().findings());
        fixture.open().close();
    }

    @Test
    void eachCheckpointContinuesTheOneBefore() throws IOException {
        LogFixture fixture = fixture();
        List<SignedNote> kept = new ArrayList<>();
        try (AuditLog log = fixture.open()) {
            for (int i = 0; i < 40; i++) {
                LogFixture.append(log, 1 + i % 5 * 9);
                kept.add(log.sign().orElseThrow());
            }
            for (int i = 1; i < kept.size(); i++) {
                Checkpoint earlier = Checkpoint.parse(kept.get(i - 1).text());
                Checkpoint later = Checkpoint.parse(kept.get(i).text());
                ConsistencyProof proof = log.proveConsistency(earlier.size(), later.size());
                assertTrue(proof.proves(earlier.root(), later.root()));
                assertFalse(proof.proves(later.root(), earlier.root()));
            }
            long size = log.size();
            assertThrows(Problem.class, () -> log.proveConsistency(1, size + 1));
            assertThrows(Problem.class, () -> log.proveConsistency(2, 1));
        }
        assertEquals(List.of(), fixture.verify(kept.toArray(new SignedNote[0])).findings());
        fixture.remembered = kept;
        fixture.open().close();
    }

    @Test
    void anExportedLineConvincesAStrangerWithTheKey() {
        LogFixture fixture = fixture();
        List<String> lines = new ArrayList<>();
        AuditQuery query = AuditQuery.ALL.withActors(Set.of("user-1"));
        try (AuditLog log = fixture.open()) {
            LogFixture.append(log, 700);
            assertEquals(100, log.export(query, lines::add));
        }
        NoteKey key = NoteKey.parse(fixture.signer.key().toString());
        for (String line : lines) {
            assertFalse(line.contains("\n"));
            ExportLine read = ExportLine.parse(line);
            assertEquals(LogFixture.event(read.entry().sequence()), read.entry().event());
            assertTrue(read.isProven(LogFixture.ORIGIN, List.of(key)));
            assertFalse(read.isProven("example.com/other", List.of(key)));
            assertFalse(
                    read.isProven(
                            LogFixture.ORIGIN, List.of(TestKeys.signer(LogFixture.ORIGIN).key())));
            String changed = line.replaceFirst("\"rows\":\\d+", "\"rows\":1000000");
            assertFalse(ExportLine.parse(changed).isProven(LogFixture.ORIGIN, List.of(key)));
        }
        assertEquals(lines.get(3), ExportLine.parse(lines.get(3)).toString());
        String moved = lines.get(3).replaceFirst("\"seq\":\\d+", "\"seq\":1");
        assertFalse(ExportLine.parse(moved).isProven(LogFixture.ORIGIN, List.of(key)));
        assertThrows(Problem.class, () -> ExportLine.parse("{}"));
        assertThrows(Problem.class, () -> ExportLine.parse("no JSON"));
    }

    @Test
    void aSecondOpenerIsRefused() {
        LogFixture fixture = fixture();
        try (AuditLog log = fixture.open()) {
            Problem problem = assertThrows(Problem.class, fixture::open);
            assertEquals(ProblemCode.CONFLICT, problem.code());
            LogFixture.appendSingly(log, 1);
        }
        AuditLog first = fixture.open();
        first.close();
        try (AuditLog second = fixture.open()) {
            first.close();
            assertThrows(Problem.class, fixture::open, "closing twice gives nobody's lock away");
            assertEquals(1, second.size());
        }
    }

    @Test
    void nothingIsAppendedAfterClosing() {
        AuditLog log = fixture().open();
        log.close();
        assertThrows(IllegalStateException.class, () -> log.append(LogFixture.event(0)));
        assertThrows(IllegalStateException.class, log::sign);
    }

    @Test
    void whatWaitsWhenClosingIsWritten() {
        LogFixture fixture = fixture();
        List<CompletableFuture<AuditReceipt>> receipts = new ArrayList<>();
        try (AuditLog log = fixture.open()) {
            for (int i = 0; i < 3000; i++) {
                receipts.add(log.append(LogFixture.event(i)));
            }
        }
        for (int i = 0; i < receipts.size(); i++) {
            assertEquals(i, receipts.get(i).join().sequence());
        }
        AuditReport report = fixture.verify();
        assertEquals(List.of(), report.findings());
        assertEquals(3000, report.signedSize());
    }

    @Test
    void anotherLogOrAnotherKeyIsRefused() throws IOException {
        LogFixture fixture = fixture().with(5);
        AuditLogOptions other = AuditLogOptions.of(fixture.folder, "example.com/other");
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> AuditLog.open(other, fixture.signer, Thread::new, System::nanoTime));
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        LogFixture stranger = fixture();
        Problem unknown = assertThrows(Problem.class, stranger::open);
        assertEquals(ProblemCode.INVALID_CONFIGURATION, unknown.code());
        // With the earlier key named, the log goes on under the new one.
        AuditLogOptions rotated =
                new AuditLogOptions(
                        fixture.folder,
                        LogFixture.ORIGIN,
                        4 << 10,
                        10,
                        Duration.ofDays(1),
                        1 << 20,
                        List.of(fixture.signer.key()),
                        List.of(fixture.checkpoint()));
        try (AuditLog log =
                AuditLog.open(rotated, stranger.signer, Thread::new, System::nanoTime)) {
            LogFixture.appendSingly(log, 40);
        }
        AuditReport report =
                AuditVerifier.verify(
                        fixture.folder,
                        LogFixture.ORIGIN,
                        List.of(fixture.signer.key(), stranger.signer.key()),
                        List.of());
        assertEquals(List.of(), report.findings());
    }

    @Test
    void aCheckpointFileThatIsNoneIsNamed() throws IOException {
        LogFixture fixture = fixture().with(5);
        Path file = fixture.folder.resolve(AuditFolder.CHECKPOINT);
        byte[] before = Files.readAllBytes(file);
        Files.writeString(file, "garbage\n");
        Problem problem = assertThrows(Problem.class, fixture::open);
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertTrue(problem.message().contains(file + " is damaged"), problem::message);
        assertEquals("garbage\n", Files.readString(file), "nothing is changed");
        Files.write(file, before);
        fixture.open().close();
    }

    @Test
    void clocksMayGoBackwards() {
        LogFixture fixture = fixture();
        try (AuditLog log = fixture.open()) {
            LogFixture.appendSingly(log, 100);
            assertTrue(log.entry(99).event().time().isBefore(log.entry(98).event().time()));
            assertEquals(LogFixture.START.plusSeconds(49), log.entry(99).event().time());
        }
        assertEquals(List.of(), fixture.verify().findings());
    }

    @Test
    void tooMuchAtOnceIsRefusedAndNothingIsLost() throws Exception {
        LogFixture fixture = fixture();
        AtomicLong acknowledged = new AtomicLong();
        HeldDisk disk = new HeldDisk();
        AuditLogOptions options =
                new AuditLogOptions(
                        fixture.folder,
                        LogFixture.ORIGIN,
                        1 << 20,
                        1_000_000,
                        Duration.ofDays(1),
                        1 << 20,
                        List.of(),
                        List.of());
        try (AuditLog log =
                AuditLog.open(options, fixture.signer, Thread::new, System::nanoTime, disk)) {
            disk.hold();
            long accepted = 0;
            Problem refused = null;
            while (refused == null) {
                try {
                    log.append(LogFixture.event(accepted)).thenRun(acknowledged::incrementAndGet);
                    accepted++;
                } catch (Problem e) {
                    refused = e;
                }
            }
            assertEquals(ProblemCode.BUSY, refused.code());
            assertTrue(accepted > 1000 && accepted < 100_000, accepted + " accepted");
            disk.release();
            log.sign();
            assertEquals(accepted, acknowledged.get());
            assertEquals(accepted, log.size());
        }
        assertTrue(fixture.verify().isIntact());
    }
}
