package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at the files of a log that is opened: which segments there are, where the last one ends,
/// and up to where the log was signed. Tells a torn tail from damage; changes nothing.
///
/// @param end of the last segment's valid frames
/// @param tornBytes behind the end
/// @param index of the last segment
/// @param size how many entries
/// @param checkpoint the last one
/// @param signedSize how many entries it covers
/// @param isPublished whether the folder's checkpoint file has it
record Recovery(
        List<Segment> segments,
        long end,
        long tornBytes,
        SegmentIndex.Builder index,
        long size,
        Optional<SignedNote> checkpoint,
        long signedSize,
        boolean isPublished) {

    /// @throws Problem STORAGE_FAILED when something that was signed or acknowledged is damaged;
    ///   INVALID_CONFIGURATION when it is another log, or signed with other keys
    static Recovery run(Path folder, Trust trust) throws IOException {
        List<Segment> segments = segments(folder, trust.origin());
        Optional<SignedNote> published = published(folder);
        if (segments.isEmpty()) {
            if (published.isPresent()) {
                throw AuditDisk.damaged(
                        folder.resolve(AuditFolder.CHECKPOINT),
                        0,
                        "there is a checkpoint, but no entries: the segments are missing");
            }
            return new Recovery(
                    segments, 0, 0, new SegmentIndex.Builder(), 0, Optional.empty(), 0, true);
        }
        Scan scan = Scan.of(segments.getLast());
        Path file = segments.getLast().file();
        Optional<SignedNote> latest = scan.checkpoint;
        long signedSize = 0;
        if (latest.isPresent()) {
            signedSize = trust.read(latest.get(), "the last checkpoint in " + file).size();
        }
        boolean isPublished = latest.isEmpty();
        if (published.isPresent()) {
            Checkpoint known = trust.read(published.get(), folder + "'s checkpoint");
            isPublished = known.size() >= signedSize;
            if (known.size() > signedSize) {
                latest = published;
                signedSize = known.size();
            }
        }
        if (signedSize > scan.next) {
            throw AuditDisk.damaged(
                    file,
                    scan.end,
                    "entries "
                            + scan.next
                            + " to "
                            + (signedSize - 1)
                            + " were signed and are missing: the log was truncated");
        }
        return new Recovery(
                segments,
                scan.end,
                scan.tornBytes,
                scan.index,
                scan.next,
                latest,
                signedSize,
                isPublished);
    }

    private static List<Segment> segments(Path folder, String origin) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path file : AuditFolder.segmentFiles(folder)) {
            SegmentHeader header = header(file);
            if (!header.origin().equals(origin)) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        file
                                + " belongs to the log '"
                                + header.origin()
                                + "', and not to '"
                                + origin
                                + "': give each log a folder of its own");
            }
            long first = header.firstSequence();
            if (!file.getFileName().toString().equals(Segment.fileName(first))
                    || (segments.isEmpty() && first != 0)) {
                throw AuditDisk.damaged(
                        file,
                        0,
                        "it begins with entry " + first + ": files are missing or renamed");
            }
            segments.add(new Segment(file, first));
        }
        return segments;
    }

    private static SegmentHeader header(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return SegmentHeader.read(channel, file);
        }
    }

    private static Optional<SignedNote> published(Path folder) throws IOException {
        Path file = folder.resolve(AuditFolder.CHECKPOINT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] note = Files.readAllBytes(file);
        try {
            return Optional.of(SignedNote.parse(note));
        } catch (Problem e) {
            throw AuditDisk.damaged(file, 0, e.message());
        }
    }

    /// What one pass over the last segment finds.
    private static final class Scan {
        private final Segment segment;
        private final SegmentIndex.Builder index = new SegmentIndex.Builder();
        private long next;
        private long end = SegmentHeader.BYTES;
        private long tornBytes;
        private Optional<SignedNote> checkpoint = Optional.empty();

        private Scan(Segment segment) {
            this.segment = segment;
            this.next = segment.firstSequence();
        }

        static Scan of(Segment segment) throws IOException {
            Scan scan = new Scan(segment);
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                long limit = channel.size();
                FrameReader reader = new FrameReader(channel, SegmentHeader.BYTES, limit);
                while (reader.next() instanceof FrameReader.Step.Whole whole
                        && whole.frame().isIntact()) {
                    scan.take(whole.frame());
                }
                if (scan.end < limit && reader.resync(scan.end)) {
                    throw AuditDisk.damaged(
                            segment.file(),
                            scan.end,
                            "what should begin with entry "
                                    + scan.next
                                    + " is invalid, and later entries show that it was durable");
                }
                scan.tornBytes = limit - scan.end;
            }
            return scan;
        }

        private void take(Frame frame) {
            try {
                switch (frame.type()) {
                    case ENTRIES -> takeEntries(frame);
                    case CHECKPOINT -> checkpoint = Optional.of(SignedNote.parse(frame.payload()));
                }
            } catch (Problem e) {
                if (e.code() == ProblemCode.STORAGE_FAILED) {
                    throw e;
                }
                throw AuditDisk.damaged(segment.file(), frame.offset(), e.message());
            }
            end = frame.end();
            index.endFrame(end);
        }

        private void takeEntries(Frame frame) {
            requireNext(frame, frame.sequence());
            for (Frame.Item item : frame.entries()) {
                AuditEntry entry = AuditEntry.parse(item.entry());
                requireNext(frame, entry.sequence());
                index.add(next, entry.event());
                next++;
            }
        }

        private void requireNext(Frame frame, long sequence) {
            if (sequence != next) {
                throw AuditDisk.damaged(
                        segment.file(),
                        frame.offset(),
                        "it has entry " + sequence + " where " + next + " is expected");
            }
        }
    }
}
