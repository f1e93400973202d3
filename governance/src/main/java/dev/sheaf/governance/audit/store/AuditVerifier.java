package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteCheck;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditFinding.Kind;
import dev.sheaf.governance.audit.store.AuditFinding.Place;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads every byte of a log and tells whether it is what was signed, and where it is not.
///
/// It needs the log's public key, which must come from elsewhere, and does better with checkpoints
/// that somebody else kept: without them, nobody can tell a log from an earlier state of itself. It
/// changes nothing and takes no lock; of a log that is being written it sees some recent state.
///
/// For one run by one thread.
public final class AuditVerifier {
    private final Path folder;
    private final String origin;
    private final List<NoteKey> keys;
    private final EntryChecks entries;
    private final List<Checkpoint> remembered = new ArrayList<>();
    private long ownSize;

    private AuditVerifier(
            Path folder, String origin, Collection<NoteKey> keys, StoredHashes stored) {
        this.folder = folder;
        this.origin = origin;
        this.keys = List.copyOf(keys);
        this.entries = new EntryChecks(stored);
    }

    /// @param keys of the log, the earlier ones too
    /// @param remembered checkpoints that somebody else kept, in any order
    /// @throws Problem STORAGE_FAILED when the files cannot be read; NOT_FOUND when there is no
    ///   such folder
    public static AuditReport verify(
            Path folder,
            String origin,
            Collection<NoteKey> keys,
            Collection<SignedNote> remembered) {
        if (!Files.isDirectory(folder)) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no audit log in " + folder + ": no such folder");
        }
        try (StoredHashes stored = StoredHashes.openForReading(folder)) {
            return new AuditVerifier(folder, origin, keys, stored).run(remembered);
        } catch (IOException e) {
            throw AuditDisk.failed("reading the audit log in", folder, e);
        }
    }

    private AuditReport run(Collection<SignedNote> notes) throws IOException {
        int number = 0;
        for (SignedNote note : notes) {
            String where = "remembered checkpoint " + ++number;
            trusted(note, where, Optional.empty())
                    .ifPresent(checkpoint -> {
                        remembered.add(checkpoint);
                        entries.expect(checkpoint, where, true);
                    });
        }
        Optional<Checkpoint> published = published();
        List<Path> files = AuditFolder.segmentFiles(folder);
        for (int i = 0; i < files.size(); i++) {
            walk(files.get(i), i == files.size() - 1);
        }
        if (published.isEmpty() && ownSize > 0 && !Files.exists(checkpointFile())) {
            entries.add(
                    Kind.MISSING_CHECKPOINT,
                    ownSize,
                    0,
                    Optional.empty(),
                    "the file with the last checkpoint is gone");
        }
        return report();
    }

    private Path checkpointFile() {
        return folder.resolve(AuditFolder.CHECKPOINT);
    }

    private Optional<Checkpoint> published() throws IOException {
        Path file = checkpointFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Place place = new Place(file.getFileName().toString(), 0);
        Optional<Checkpoint> checkpoint =
                parsed(Files.readAllBytes(file), place)
                        .flatMap(note -> trusted(note, "the checkpoint file", Optional.of(place)));
        checkpoint.ifPresent(own -> expectOwn(own, "the checkpoint file"));
        return checkpoint;
    }

    private void expectOwn(Checkpoint checkpoint, String where) {
        ownSize = Math.max(ownSize, checkpoint.size());
        entries.expect(checkpoint, where, false);
    }

    private Optional<SignedNote> parsed(byte[] note, Place place) {
        try {
            return Optional.of(SignedNote.parse(note));
        } catch (Problem e) {
            entries.add(
                    Kind.FORGED_CHECKPOINT,
                    entries.next(),
                    0,
                    Optional.of(place),
                    "no checkpoint: " + e.message());
            return Optional.empty();
        }
    }

    private Optional<Checkpoint> trusted(SignedNote note, String where, Optional<Place> place) {
        return switch (note.check(keys)) {
            case NoteCheck.Unknown unknown -> {
                entries.add(
                        Kind.UNKNOWN_KEY,
                        entries.next(),
                        0,
                        place,
                        where + " is signed by " + unknown.keyNames() + ", whose key is not known");
                yield Optional.empty();
            }
            case NoteCheck.Forged forged -> {
                entries.add(
                        Kind.FORGED_CHECKPOINT,
                        entries.next(),
                        0,
                        place,
                        where + ": the key of '" + forged.keyName() + "' has not signed this");
                yield Optional.empty();
            }
            case NoteCheck.Trusted trusted -> ofThisLog(note, where, place);
        };
    }

    private Optional<Checkpoint> ofThisLog(SignedNote note, String where, Optional<Place> place) {
        String why;
        try {
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (checkpoint.origin().equals(origin)) {
                return Optional.of(checkpoint);
            }
            why = " is of the log '" + checkpoint.origin() + "'";
        } catch (Problem e) {
            why = ": " + e.message();
        }
        entries.add(Kind.FORGED_CHECKPOINT, entries.next(), 0, place, where + why);
        return Optional.empty();
    }

    private void walk(Path file, boolean isLast) throws IOException {
        String name = file.getFileName().toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            checkHeader(channel, file, name);
            SegmentIndex.Builder index = new SegmentIndex.Builder();
            boolean isWhole = true;
            long end = SegmentHeader.BYTES;
            FrameReader reader = new FrameReader(channel, SegmentHeader.BYTES, channel.size());
            FrameReader.Step step = reader.next();
            while (!(step instanceof FrameReader.Step.End)) {
                switch (step) {
                    case FrameReader.Step.Whole whole -> {
                        Frame frame = whole.frame();
                        if (!frame.isIntact() && isTorn(channel, frame, isLast)) {
                            torn(name, frame.offset(), channel.size() - frame.offset());
                            return;
                        }
                        isWhole &= take(frame, name, index);
                        end = frame.end();
                        index.endFrame(end);
                    }
                    case FrameReader.Step.Invalid invalid -> {
                        isWhole = false;
                        boolean isResumed = reader.resync(invalid.offset());
                        if (!isResumed && isLast && entries.next() >= ownSize) {
                            torn(name, invalid.offset(), channel.size() - invalid.offset());
                        } else {
                            damaged(name, invalid.offset(), "these bytes are no group of entries");
                        }
                        if (!isResumed) {
                            return;
                        }
                    }
                    case FrameReader.Step.End none -> throw new IllegalStateException("passed");
                }
                step = reader.next();
            }
            if (!isLast && isWhole) {
                checkIndex(file, index.finish(end));
            }
        }
    }

    private void checkHeader(FileChannel channel, Path file, String name) throws IOException {
        try {
            SegmentHeader header = SegmentHeader.read(channel, file);
            if (!header.origin().equals(origin)
                    || !name.equals(Segment.fileName(header.firstSequence()))) {
                damaged(
                        name,
                        0,
                        "its header is of the log '"
                                + header.origin()
                                + "', entry "
                                + header.firstSequence());
            }
            if (header.firstSequence() < Math.max(entries.claimedSize(), entries.next() + 1)) {
                entries.skipTo(header.firstSequence());
            }
        } catch (Problem e) {
            damaged(name, 0, e.message());
        }
    }

    /// Whether a crash may have left a frame like this: the last one, not covered by a checkpoint.
    private boolean isTorn(FileChannel channel, Frame frame, boolean isLast) throws IOException {
        boolean isCovered =
                frame.type() == Frame.Type.ENTRIES && frame.sequence() < ownSize
                        || entries.next() < ownSize;
        return isLast
                && !isCovered
                && !new FrameReader(channel, 0, channel.size()).resync(frame.offset());
    }

    private void torn(String name, long offset, long bytes) {
        entries.add(
                Kind.TORN_TAIL,
                entries.next(),
                0,
                Optional.of(new Place(name, offset)),
                bytes + " bytes of entries that were not acknowledged");
    }

    private void damaged(String name, long offset, String what) {
        entries.add(
                Kind.DAMAGED_FRAME, entries.next(), 0, Optional.of(new Place(name, offset)), what);
    }

    /// @return whether the frame is as the log wrote it
    private boolean take(Frame frame, String name, SegmentIndex.Builder index) {
        boolean isGood =
                switch (frame.type()) {
                    case ENTRIES -> takeEntries(frame, name, index);
                    case CHECKPOINT -> takeCheckpoint(frame, name);
                };
        if (isGood && !frame.isIntact()) {
            damaged(name, frame.offset(), "a wrong checksum over entries that are right");
        }
        return isGood && frame.isIntact();
    }

    private boolean takeEntries(Frame frame, String name, SegmentIndex.Builder index) {
        List<Frame.Item> items;
        try {
            items = frame.entries();
        } catch (Problem e) {
            damaged(name, frame.offset(), e.message());
            return false;
        }
        boolean isGood = true;
        for (Frame.Item item : items) {
            boolean isEntryGood = entries.take(item.entry(), new Place(name, item.offset()));
            isGood &= isEntryGood && addTo(index, item.entry());
        }
        return isGood;
    }

    private static boolean addTo(SegmentIndex.Builder index, byte[] bytes) {
        try {
            AuditEntry entry = AuditEntry.parse(bytes);
            index.add(entry.sequence(), entry.event());
            return true;
        } catch (Problem e) {
            // Its hash is told about by the checks of entries; here it only cannot be indexed.
            return false;
        }
    }

    private boolean takeCheckpoint(Frame frame, String name) {
        Place place = new Place(name, frame.offset());
        Optional<Checkpoint> checkpoint =
                parsed(frame.payload(), place)
                        .flatMap(note ->
                                trusted(
                                        note,
                                        "the checkpoint in " + name + " at byte " + frame.offset(),
                                        Optional.of(place)));
        if (checkpoint.isEmpty()) {
            return false;
        }
        Checkpoint own = checkpoint.get();
        if (own.size() < entries.next()) {
            damaged(
                    name,
                    frame.offset(),
                    "a checkpoint of " + own.size() + " entries stands behind later ones");
            return false;
        }
        boolean isInPlace = own.size() == entries.next();
        entries.skipTo(own.size());
        expectOwn(own, "the checkpoint in " + name + " at byte " + frame.offset());
        return isInPlace;
    }

    private void checkIndex(Path segmentFile, SegmentIndex expected) throws IOException {
        Path file = new Segment(segmentFile, 0).indexFile();
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), expected.toBytes())) {
            entries.add(
                    Kind.DAMAGED_INDEX,
                    entries.next(),
                    0,
                    Optional.of(new Place(file.getFileName().toString(), 0)),
                    "the index does not fit its segment; delete it, and the segment is read whole");
        }
    }

    private AuditReport report() {
        long size = entries.next();
        List<AuditFinding> findings = new ArrayList<>(entries.finish());
        if (ownSize > size) {
            findings.add(
                    new AuditFinding(
                            Kind.TRUNCATED,
                            size,
                            ownSize - size,
                            Optional.empty(),
                            "the log's own checkpoint has "
                                    + ownSize
                                    + " entries, and there are "
                                    + size));
        }
        long rememberedSize = remembered.stream().mapToLong(Checkpoint::size).max().orElse(0);
        if (rememberedSize > Math.max(size, ownSize)) {
            findings.add(
                    new AuditFinding(
                            Kind.ROLLED_BACK,
                            size,
                            rememberedSize - size,
                            Optional.empty(),
                            "a remembered checkpoint has "
                                    + rememberedSize
                                    + " entries, and there are "
                                    + size));
        }
        long signedSize = Math.min(size, Math.max(ownSize, rememberedSize));
        if (signedSize < size) {
            findings.add(
                    new AuditFinding(
                            Kind.UNSIGNED,
                            signedSize,
                            size - signedSize,
                            Optional.empty(),
                            "no checkpoint covers the last " + (size - signedSize) + " entries"));
        }
        findings.sort(Comparator.comparingLong(AuditFinding::sequence));
        return new AuditReport(size, signedSize, findings);
    }
}
