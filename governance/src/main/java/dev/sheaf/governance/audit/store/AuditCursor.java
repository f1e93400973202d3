package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the entries that were looked for, in the order of their numbers, as the log was when the
/// search began. Holds one group of entries in memory at a time. For one thread; to be closed.
public final class AuditCursor implements AutoCloseable {
    private record Part(long start, long end) {}

    private final AuditQuery query;
    private final LogView view;
    private final ArrayDeque<AuditEntry> found = new ArrayDeque<>();
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private int nextSegment;
    private @Nullable FileChannel channel;
    private @Nullable FrameReader reader;
    private Path file = Path.of("");

    AuditCursor(LogView view, AuditQuery query) {
        this.view = view;
        this.query = query;
    }

    /// Empty when there are no more.
    ///
    /// @throws Problem STORAGE_FAILED when what is read is damaged
    public Optional<AuditEntry> next() {
        try {
            while (found.isEmpty()) {
                if (!read()) {
                    return Optional.empty();
                }
            }
            return Optional.of(found.remove());
        } catch (IOException e) {
            throw AuditDisk.failed("reading", file, e);
        }
    }

    /// Goes one frame, part or segment further.
    private boolean read() throws IOException {
        if (reader != null) {
            switch (reader.next()) {
                case FrameReader.Step.Whole whole -> take(whole.frame());
                case FrameReader.Step.End end -> reader = null;
                case FrameReader.Step.Invalid invalid ->
                        throw AuditDisk.damaged(
                                file, invalid.offset(), "it is no group of entries");
            }
            return true;
        }
        if (channel != null && !parts.isEmpty()) {
            Part part = parts.remove();
            reader = new FrameReader(channel, part.start(), part.end());
            return true;
        }
        return openSegment();
    }

    private boolean openSegment() throws IOException {
        close();
        List<Segment> segments = view.segments();
        while (nextSegment + 1 < segments.size()
                && segments.get(nextSegment + 1).firstSequence() <= query.fromSequence()) {
            nextSegment++;
        }
        if (nextSegment >= segments.size()) {
            return false;
        }
        Segment segment = segments.get(nextSegment);
        boolean isLast = nextSegment == segments.size() - 1;
        file = segment.file();
        FileChannel opened = FileChannel.open(file, StandardOpenOption.READ);
        channel = opened;
        long limit = isLast ? view.end() : opened.size();
        parts.addAll(parts(isLast ? view.index() : indexOf(segment), limit));
        nextSegment++;
        return true;
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

    private List<Part> parts(SegmentIndex index, long limit) {
        List<Part> wanted = new ArrayList<>();
        for (IndexBlock block : index.blocks()) {
            if (block.mayMatch(query) && block.end() <= limit) {
                wanted.add(new Part(block.start(), block.end()));
            }
        }
        wanted.add(new Part(index.end(), limit));
        return wanted;
    }

    private void take(Frame frame) {
        if (frame.type() != Frame.Type.ENTRIES
                || frame.sequence() + frame.count() <= query.fromSequence()) {
            return;
        }
        if (!frame.isIntact()) {
            throw AuditDisk.damaged(
                    file, frame.offset(), "a group of entries has a wrong checksum");
        }
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
    }

    @Override
    public void close() {
        FileChannel open = channel;
        reader = null;
        channel = null;
        parts.clear();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw AuditDisk.failed("closing", file, e);
            }
        }
    }
}
