package dev.sheaf.governance.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.merkle.TreeFrontier;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.note.TestKeys;
import dev.sheaf.governance.audit.store.AuditFinding.Kind;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every kind of damage is made byte by byte, and found where it was made.
final class AuditVerifierTest {
    private static final int ENTRIES = 60;

    @TempDir private Path directory;

    private LogFixture log() {
        return new LogFixture(directory.resolve("log")).with(ENTRIES);
    }

    private static Path segmentOf(LogFixture log, long sequence) throws IOException {
        Path found = Path.of("none");
        for (Path file : log.segmentFiles()) {
            if (Long.parseLong(file.getFileName().toString().substring(0, 19)) <= sequence) {
                found = file;
            }
        }
        return found;
    }

    private static AuditFinding only(AuditReport report, Kind kind) {
        List<AuditFinding> found = of(report, kind);
        assertEquals(1, found.size(), report.toString());
        return found.getFirst();
    }

    private static List<AuditFinding> of(AuditReport report, Kind kind) {
        assertEquals(
                report.isIntact(),
                report.findings().stream().allMatch(finding -> finding.kind().isHarmless()));
        return report.findings().stream().filter(finding -> finding.kind() == kind).toList();
    }

    private static List<Kind> kinds(AuditReport report) {
        return report.findings().stream().map(AuditFinding::kind).distinct().toList();
    }

    /// Overwrites the stored hashes so that they fit the entries as they are now.
    private static void forgeHashes(LogFixture log) throws IOException {
        for (int level = 0; level < StoredHashes.LEVELS; level++) {
            Files.delete(StoredHashes.file(log.folder, level));
        }
        TreeFrontier frontier = new TreeFrontier();
        try (HashFiles hashes = new HashFiles(log.folder, new AuditDisk())) {
            for (Path file : log.segmentFiles()) {
                for (SegmentEditor.Piece piece : new SegmentEditor(file).pieces) {
                    if (piece.isEntry()) {
                        frontier.add(TreeHash.leaf(piece.bytes()), hashes);
                    }
                }
            }
            hashes.flush();
        }
    }

    private static SegmentEditor.Piece edited(SegmentEditor.Piece piece) {
        return piece.withText(piece.text().replace("user-", "uzer-"));
    }

    @Test
    void anEditedEntryIsFoundWithAndWithoutItsChecksum() throws IOException {
        LogFixture log = log();
        Path file = segmentOf(log, 23);
        byte[] original = Files.readAllBytes(file);
        SegmentEditor editor = new SegmentEditor(file);
        int place = editor.placeOf(23);
        long offset = editor.offsetOf(place);
        // One bit of one byte, the checksum left as it was.
        byte[] changed = original.clone();
        changed[(int) offset + 30] ^= 1;
        Files.write(file, changed);
        AuditFinding found = only(log.verify(), Kind.EDITED);
        assertEquals(23, found.sequence());
        assertEquals(offset, found.place().orElseThrow().offset());
        assertEquals(file.getFileName().toString(), found.place().orElseThrow().file());
        // The same by somebody who also mends the checksum.
        Files.write(file, original);
        editor.pieces.set(place, edited(editor.pieces.get(place)));
        editor.write();
        AuditReport report = log.verify();
        found = only(report, Kind.EDITED);
        assertEquals(23, found.sequence());
        assertEquals(editor.offsetOf(place), found.place().orElseThrow().offset());
        assertEquals(List.of(Kind.EDITED), kinds(report));
    }

    @Test
    void everyChangedByteOfASegmentIsFound() throws IOException {
        LogFixture log = log();
        Path file = segmentOf(log, 23);
        byte[] original = Files.readAllBytes(file);
        for (int i = 0; i < original.length; i += 3) {
            byte[] changed = original.clone();
            changed[i] ^= 0x10;
            Files.write(file, changed);
            assertFalse(log.verify().isIntact(), "byte " + i);
        }
        Files.write(file, original);
        assertEquals(List.of(), log.verify().findings());
    }

    @Test
    void anEditedEntryWhoseHashesWereForgedIsFoundBetweenCheckpoints() throws IOException {
        LogFixture log = log();
        Path file = segmentOf(log, 23);
        SegmentEditor editor = new SegmentEditor(file);
        int place = editor.placeOf(23);
        editor.pieces.set(place, edited(editor.pieces.get(place)));
        editor.write();
        forgeHashes(log);
        AuditReport report = log.verify();
        AuditFinding found = only(report, Kind.REWRITTEN);
        assertTrue(
                found.sequence() <= 23 && found.sequence() + found.count() > 23, found.toString());
        assertTrue(found.count() < ENTRIES / 2, "closer than the whole log: " + found);
        assertThrows(Problem.class, log::open);
    }

    @Test
    void withoutHashesAnEditedEntryIsStillFound() throws IOException {
        LogFixture log = log();
        SegmentEditor editor = new SegmentEditor(segmentOf(log, 23));
        int place = editor.placeOf(23);
        editor.pieces.set(place, edited(editor.pieces.get(place)));
        editor.write();
        for (int level = 0; level < StoredHashes.LEVELS; level++) {
            Files.delete(StoredHashes.file(log.folder, level));
        }
        AuditFinding found = only(log.verify(), Kind.REWRITTEN);
        assertTrue(found.sequence() <= 23 && found.sequence() + found.count() > 23);
    }

    @Test
    void removedEntriesAreFound() throws IOException {
        LogFixture log = log();
        SegmentEditor editor = new SegmentEditor(segmentOf(log, 23));
        editor.pieces.remove(editor.placeOf(23));
        editor.pieces.remove(editor.placeOf(24));
        editor.write();
        AuditReport report = log.verify();
        AuditFinding found = only(report, Kind.REMOVED);
        assertEquals(23, found.sequence());
        assertEquals(2, found.count());
        assertEquals(List.of(Kind.REMOVED), kinds(report));
    }

    @Test
    void aRemovedEntryIsFoundThoughTheOthersWereRenumbered() throws IOException {
        LogFixture log = log();
        Path last = log.segmentFiles().getLast();
        SegmentEditor editor = new SegmentEditor(last);
        int place = editor.placeOf(ENTRIES - 3);
        editor.pieces.remove(place);
        for (int i = place; i < editor.pieces.size(); i++) {
            SegmentEditor.Piece piece = editor.pieces.get(i);
            if (piece.isEntry()) {
                long sequence = piece.sequence() - 1;
                editor.pieces.set(
                        i,
                        new SegmentEditor.Piece(
                                piece.type(),
                                sequence,
                                new AuditEntry(sequence, AuditEntry.parse(piece.bytes()).event())
                                        .toBytes()));
            }
        }
        editor.write();
        AuditReport report = log.verify();
        assertEquals(
                List.of((long) ENTRIES - 3, (long) ENTRIES - 2),
                of(report, Kind.EDITED).stream().map(AuditFinding::sequence).toList());
        AuditFinding gone = only(report, Kind.REMOVED);
        assertEquals(ENTRIES - 1, gone.sequence());
    }

    @Test
    void aRemovedSegmentIsFound() throws IOException {
        LogFixture log = log();
        List<Path> files = log.segmentFiles();
        for (int gone : new int[] {0, 2}) {
            Path file = files.get(gone);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            AuditFinding found = only(log.verify(), Kind.REMOVED);
            SegmentHeader next = header(files.get(gone + 1));
            assertEquals(
                    Long.parseLong(file.getFileName().toString().substring(0, 19)),
                    found.sequence());
            assertEquals(next.firstSequence() - found.sequence(), found.count());
            Files.write(file, content);
        }
        assertEquals(List.of(), log.verify().findings());
    }

    private static SegmentHeader header(Path file) throws IOException {
        try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(file)) {
            return SegmentHeader.read(channel, file);
        }
    }

    @Test
    void reorderedEntriesAreFound() throws IOException {
        LogFixture log = log();
        SegmentEditor editor = new SegmentEditor(segmentOf(log, 23));
        int place = editor.placeOf(23);
        SegmentEditor.Piece moved = editor.pieces.remove(place);
        editor.pieces.add(place + 1, moved);
        editor.write();
        AuditReport report = log.verify();
        AuditFinding found = only(report, Kind.REORDERED);
        assertEquals(23, found.sequence());
        assertEquals(editor.offsetOf(place + 1), found.place().orElseThrow().offset());
        assertEquals(List.of(Kind.REORDERED), kinds(report));
    }

    @Test
    void swappedEntriesThatWereRenumberedAreFoundAsEdited() throws IOException {
        LogFixture log = log();
        SegmentEditor editor = new SegmentEditor(segmentOf(log, 23));
        int place = editor.placeOf(23);
        for (int i : new int[] {0, 1}) {
            SegmentEditor.Piece piece = editor.pieces.get(place + i);
            long other = 24 - i;
            byte[] bytes = new AuditEntry(23 + i, LogFixture.event(other)).toBytes();
            editor.pieces.set(place + i, new SegmentEditor.Piece(piece.type(), 23 + i, bytes));
        }
        editor.write();
        assertEquals(
                List.of(23L, 24L),
                of(log.verify(), Kind.EDITED).stream().map(AuditFinding::sequence).toList());
    }

    @Test
    void anInsertedEntryIsFoundBeforeAndBehindTheOneWhoseNumberItBears() throws IOException {
        for (int shift : new int[] {0, 1}) {
            LogFixture log = new LogFixture(directory.resolve("log" + shift)).with(ENTRIES);
            SegmentEditor editor = new SegmentEditor(segmentOf(log, 23));
            int place = editor.placeOf(23) + shift;
            byte[] bytes = new AuditEntry(23, LogFixture.event(5)).toBytes();
            editor.pieces.add(place, new SegmentEditor.Piece(Frame.Type.ENTRIES, 23, bytes));
            editor.write();
            AuditReport report = log.verify();
            AuditFinding found = only(report, Kind.INSERTED);
            assertEquals(23, found.sequence());
            assertEquals(editor.offsetOf(place), found.place().orElseThrow().offset());
            assertEquals(List.of(Kind.INSERTED), kinds(report));
        }
    }

    @Test
    void anEntryAddedBehindTheLastCheckpointIsNotSignedAndIsToldAbout() throws IOException {
        LogFixture log = log();
        SegmentEditor editor = new SegmentEditor(log.segmentFiles().getLast());
        byte[] bytes = new AuditEntry(ENTRIES, LogFixture.event(5)).toBytes();
        editor.pieces.add(new SegmentEditor.Piece(Frame.Type.ENTRIES, ENTRIES, bytes));
        editor.write();
        AuditReport report = log.verify();
        AuditFinding found = only(report, Kind.UNSIGNED);
        assertEquals(ENTRIES, found.sequence());
        assertEquals(ENTRIES, report.signedSize());
    }

    @Test
    void aTruncatedLogIsFoundAtEveryLength() throws IOException {
        LogFixture log = log();
        Path file = log.segmentFiles().getLast();
        byte[] content = Files.readAllBytes(file);
        SegmentEditor editor = new SegmentEditor(file);
        long first = editor.pieces.get(1).sequence();
        long lastEntryEnd =
                editor.offsetOf(editor.placeOf(ENTRIES - 1))
                        + editor.pieces.get(editor.placeOf(ENTRIES - 1)).bytes().length;
        for (int length = SegmentHeader.BYTES; length < lastEntryEnd; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(content, length));
            AuditReport report = log.verify();
            AuditFinding found = only(report, Kind.TRUNCATED);
            assertTrue(found.sequence() >= first && found.sequence() < ENTRIES);
            assertEquals(ENTRIES, found.sequence() + found.count());
            Problem problem = assertThrows(Problem.class, log::open, "length " + length);
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        }
        Files.delete(file);
        AuditFinding found = only(log.verify(), Kind.TRUNCATED);
        assertEquals(first, found.sequence());
    }

    @Test
    void anEarlierStateThatWasPutBackIsFoundByARememberedCheckpoint() throws IOException {
        LogFixture log = new LogFixture(directory.resolve("log")).with(40);
        Path earlier = directory.resolve("earlier");
        LogFixture.copy(log.folder, earlier);
        log.with(20);
        SignedNote remembered = log.checkpoint();
        LogFixture.delete(log.folder);
        LogFixture.copy(earlier, log.folder);
        assertEquals(List.of(), log.verify().findings(), "nobody else remembers");
        AuditReport report = log.verify(remembered);
        AuditFinding found = only(report, Kind.ROLLED_BACK);
        assertEquals(40, found.sequence());
        assertEquals(20, found.count());
        log.remembered = List.of(remembered);
        Problem problem = assertThrows(Problem.class, log::open);
        assertTrue(problem.message().contains("set back"), problem.message());
        // And when it went on from there, with other entries, signed with the right key.
        log.remembered = List.of();
        try (AuditLog forked = log.open()) {
            for (int i = 0; i < 30; i++) {
                forked.append(LogFixture.event(1000 + i)).join();
            }
        }
        assertEquals(List.of(), log.verify().findings());
        AuditFinding fork = only(log.verify(remembered), Kind.REWRITTEN);
        assertTrue(fork.sequence() <= 40 && fork.sequence() + fork.count() == 60, fork.toString());
        log.remembered = List.of(remembered);
        assertThrows(Problem.class, log::open);
    }

    @Test
    void aForgedCheckpointIsFound() throws IOException {
        LogFixture log = log();
        Path file = log.folder.resolve(AuditFolder.CHECKPOINT);
        SignedNote real = log.checkpoint();
        String forged = real.toString().replace("\n" + ENTRIES + "\n", "\n" + (ENTRIES - 1) + "\n");
        Files.writeString(file, forged);
        AuditFinding found = only(log.verify(), Kind.FORGED_CHECKPOINT);
        assertEquals("checkpoint", found.place().orElseThrow().file());
        assertThrows(Problem.class, log::open);
        Files.writeString(file, "no checkpoint");
        only(log.verify(), Kind.FORGED_CHECKPOINT);
        // In a segment, with a valid frame around it.
        Files.write(file, real.toBytes());
        Path segment = segmentOf(log, 23);
        SegmentEditor editor = new SegmentEditor(segment);
        SegmentEditor.Piece piece = editor.pieces.getLast();
        assertFalse(piece.isEntry());
        editor.pieces.set(
                editor.pieces.size() - 1,
                piece.withText(piece.text().replaceFirst("\\d\n", "0\n")));
        editor.write();
        found = only(log.verify(), Kind.FORGED_CHECKPOINT);
        assertEquals(
                editor.offsetOf(editor.pieces.size() - 1) - Integer.BYTES - Frame.HEADER_BYTES,
                found.place().orElseThrow().offset());
        assertEquals(segment.getFileName().toString(), found.place().orElseThrow().file());
    }

    @Test
    void aCheckpointOfAnotherLogOrKeyIsFound() throws IOException {
        LogFixture log = log();
        Checkpoint real = Checkpoint.parse(log.checkpoint().text());
        SignedNote foreign =
                log.signer.sign(new Checkpoint("example.com/x", 60, real.root()).text());
        assertEquals(List.of(Kind.FORGED_CHECKPOINT), kinds(log.verify(foreign)));
        SignedNote stranger = TestKeys.signer(LogFixture.ORIGIN).sign(real.text());
        assertEquals(List.of(Kind.UNKNOWN_KEY), kinds(log.verify(stranger)));
        AuditReport wrongKey =
                AuditVerifier.verify(
                        log.folder,
                        LogFixture.ORIGIN,
                        List.of(TestKeys.signer(LogFixture.ORIGIN).key()),
                        List.of());
        assertTrue(of(wrongKey, Kind.UNKNOWN_KEY).size() > 3, wrongKey.toString());
        assertEquals(0, wrongKey.signedSize());
        only(wrongKey, Kind.UNSIGNED);
    }

    @Test
    void aRootThatTheKeySignedOverOtherEntriesIsFound() throws IOException {
        LogFixture log = log();
        SignedNote other =
                log.signer.sign(
                        new Checkpoint(LogFixture.ORIGIN, 31, TreeHash.leaf(new byte[1])).text());
        AuditFinding found = only(log.verify(other), Kind.REWRITTEN);
        assertEquals(31, found.sequence() + found.count());
        assertTrue(found.message().contains("remembered checkpoint 1"), found.message());
    }

    @Test
    void aLostCheckpointFileIsFound() throws IOException {
        LogFixture log = log();
        Files.delete(log.folder.resolve(AuditFolder.CHECKPOINT));
        assertEquals(List.of(Kind.MISSING_CHECKPOINT), kinds(log.verify()));
        log.open().close();
        assertEquals(List.of(), log.verify().findings(), "opening writes it again");
    }

    @Test
    void wrongHashesBesideRightEntriesAreToldFromEditedEntries() throws IOException {
        LogFixture log = new LogFixture(directory.resolve("log"));
        try (AuditLog opened = log.open()) {
            LogFixture.append(opened, 600);
        }
        for (int level = 0; level < 2; level++) {
            Path file = StoredHashes.file(log.folder, level);
            byte[] content = Files.readAllBytes(file);
            byte[] changed = content.clone();
            changed[level == 0 ? 32 * 300 + 5 : 32] ^= 1;
            Files.write(file, changed);
            AuditReport report = log.verify();
            AuditFinding found = only(report, Kind.DAMAGED_HASHES);
            assertEquals(level == 0 ? 300 : 256, found.sequence());
            assertEquals(List.of(Kind.DAMAGED_HASHES), kinds(report));
            Files.write(file, content);
        }
    }

    @Test
    void anIndexThatHidesEntriesIsFound() throws IOException {
        LogFixture log = log();
        Path segment = log.segmentFiles().get(1);
        Path index = new Segment(segment, 0).indexFile();
        byte[] empty = new SegmentIndex(List.of(), Files.size(segment)).toBytes();
        Files.write(index, empty);
        AuditReport report = log.verify();
        AuditFinding found = only(report, Kind.DAMAGED_INDEX);
        assertEquals(index.getFileName().toString(), found.place().orElseThrow().file());
        assertEquals(List.of(Kind.DAMAGED_INDEX), kinds(report));
    }

    @Test
    void anEntryThatImitatesAFrameDeceivesNobody() throws IOException {
        LogFixture log = new LogFixture(directory.resolve("log"));
        java.nio.ByteBuffer frame = java.nio.ByteBuffer.allocate(Frame.HEADER_BYTES);
        frame.position(Frame.HEADER_BYTES);
        Frame.putHeader(frame, 0, Frame.Type.ENTRIES, 0, 0);
        String imitation = new String(frame.array(), java.nio.charset.StandardCharsets.ISO_8859_1);
        try (AuditLog opened = log.open()) {
            opened.append(
                            new dev.sheaf.governance.audit.AuditEvent(
                                    LogFixture.START,
                                    imitation,
                                    imitation,
                                    imitation,
                                    dev.sheaf.governance.audit.AuditDecision.NONE,
                                    "",
                                    List.of(),
                                    dev.sheaf.rego.value.ObjectValue.EMPTY))
                    .join();
        }
        Path file = log.segmentFiles().getLast();
        try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(file)) {
            FrameReader reader = new FrameReader(channel, 0, channel.size());
            List<Long> starts = new ArrayList<>();
            for (long at = 0; reader.resync(at); ) {
                if (reader.next() instanceof FrameReader.Step.Whole whole) {
                    starts.add(whole.frame().offset());
                    at = whole.frame().offset();
                }
            }
            assertEquals(2, starts.size(), "one group and one checkpoint");
        }
    }

    @Test
    void whatIsNoLogIsNotFound() throws IOException {
        LogFixture none = new LogFixture(directory.resolve("none"));
        assertEquals(ProblemCode.NOT_FOUND, assertThrows(Problem.class, none::verify).code());
        Files.createDirectories(none.folder);
        assertEquals(List.of(), none.verify().findings());
        LogFixture log = log();
        SignedNote remembered = log.checkpoint();
        try (Stream<Path> files = Files.list(log.folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        AuditFinding found = only(log.verify(remembered), Kind.ROLLED_BACK);
        assertEquals(0, found.sequence());
        assertEquals(ENTRIES, found.count());
    }
}
