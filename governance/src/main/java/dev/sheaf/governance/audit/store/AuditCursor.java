package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// Reads the entries that were looked for, in the order of their numbers, as the log was when the
/// search began. Holds one group of entries in memory at a time. For one thread; to be closed.
public final class AuditCursor implements AutoCloseable {
    private final AuditQuery query;
    private final LogView view;
    private final ArrayDeque<AuditEntry> found = new ArrayDeque<>();
    private final ArrayDeque<SegmentEntries.Part> parts = new ArrayDeque<>();
    private int nextSegment;
    private @Nullable SegmentEntries segment;
    private @Nullable FrameReader reader;

    AuditCursor(LogView view, AuditQuery query) {
        this.view = view;
        this.query = query;
    }

    /// Empty when there are no more.
    ///
    /// @throws Problem STORAGE_FAILED when what is read is damaged
    public Optional<AuditEntry> next() {
        while (found.isEmpty()) {
            if (!read()) {
                return Optional.empty();
            }
        }
        return Optional.of(found.remove());
    }

    /// Goes one frame, part or segment further.
    private boolean read() {
        SegmentEntries open = segment;
        if (open == null) {
            return openSegment();
        }
        if (reader != null) {
            Optional<List<AuditEntry>> entries = open.next(reader);
            entries.ifPresentOrElse(found::addAll, () -> reader = null);
        } else if (!parts.isEmpty()) {
            reader = open.reader(parts.remove());
        } else {
            close();
        }
        return true;
    }

    private boolean openSegment() {
        List<Segment> segments = view.segments();
        while (nextSegment + 1 < segments.size()
                && segments.get(nextSegment + 1).firstSequence() <= query.fromSequence()) {
            nextSegment++;
        }
        if (nextSegment >= segments.size()) {
            return false;
        }
        SegmentEntries opened = SegmentEntries.open(view, nextSegment, query);
        segment = opened;
        parts.addAll(opened.parts());
        nextSegment++;
        return true;
    }

    @Override
    public void close() {
        SegmentEntries open = segment;
        reader = null;
        segment = null;
        parts.clear();
        if (open != null) {
            open.close();
        }
    }
}
