package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.kernel.Problem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One segment of a log as it was at a moment, open for a search. For one thread; to be closed.
final class SegmentEntries implements AutoCloseable {
    /// Frames that may hold what is looked for: from a byte of the file to another.
    record Part(long start, long end) {}

    private final AuditQuery query;
    private final Path file;
    private final FileChannel channel;
    private final List<Part> parts;

    private SegmentEntries(AuditQuery query, Path file, FileChannel channel, List<Part> parts) {
        this.query = query;
        this.file = file;
        this.channel = channel;
        this.parts = List.copyOf(parts);
    }

    /// @param number of the segment among those of the view
    static SegmentEntries open(LogView view, int number, AuditQuery query) {
        Segment segment = view.segments().get(number);
        boolean isLast = number == view.segments().size() - 1;
        Path file = segment.file();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            long limit = isLast ? view.end() : channel.size();
            SegmentIndex index = isLast ? view.index() : indexOf(segment);
            return new SegmentEntries(query, file, channel, parts(index, limit, query));
        } catch (IOException e) {
            throw AuditDisk.failed("reading", file, e);
        }
    }

    /// A segment without a usable index is read whole.
    private static SegmentIndex indexOf(Segment segment) throws IOException {
        Path indexFile = segment.indexFile();
        Optional<SegmentIndex> index =
                Files.exists(indexFile)
                        ? SegmentIndex.parse(Files.readAllBytes(indexFile))
                        : Optional.empty();
        return index.orElseGet(() -> new SegmentIndex(List.of(), SegmentHeader.BYTES));
    }

    private static List<Part> parts(SegmentIndex index, long limit, AuditQuery query) {
        List<Part> wanted = new ArrayList<>();
        for (IndexBlock block : index.blocks()) {
            if (block.mayMatch(query) && block.end() <= limit) {
                wanted.add(new Part(block.start(), block.end()));
            }
        }
        wanted.add(new Part(index.end(), limit));
        return wanted;
    }

    /// In the order of the file.
    List<Part> parts() {
        return parts;
    }

    FrameReader reader(Part part) {
        return new FrameReader(channel, part.start(), part.end());
    }

    /// What is looked for in the next frame, in order; none when the part has ended.
    ///
    /// @throws Problem STORAGE_FAILED when what is read is damaged
    Optional<List<AuditEntry>> next(FrameReader reader) {
        try {
            return switch (reader.next()) {
                case FrameReader.Step.Whole whole -> Optional.of(matching(whole.frame()));
                case FrameReader.Step.End _ -> Optional.empty();
                case FrameReader.Step.Invalid invalid ->
                        throw AuditDisk.damaged(
                                file, invalid.offset(), "it is no group of entries");
            };
        } catch (IOException e) {
            throw AuditDisk.failed("reading", file, e);
        }
    }

    private List<AuditEntry> matching(Frame frame) {
        if (frame.type() != Frame.Type.ENTRIES
                || frame.sequence() + frame.count() <= query.fromSequence()) {
            return List.of();
        }
        if (!frame.isIntact()) {
            throw AuditDisk.damaged(
                    file, frame.offset(), "a group of entries has a wrong checksum");
        }
        List<AuditEntry> found = new ArrayList<>();
        try {
            long sequence = frame.sequence();
            for (Frame.Item item : frame.entries()) {
                if (sequence >= query.fromSequence()) {
                    AuditEntry entry = AuditEntry.parse(item.entry());
                    if (query.matches(entry)) {
                        found.add(entry);
                    }
                }
                sequence++;
            }
        } catch (Problem e) {
            throw AuditDisk.damaged(file, frame.offset(), e.message());
        }
        return found;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw AuditDisk.failed("closing", file, e);
        }
    }
}
