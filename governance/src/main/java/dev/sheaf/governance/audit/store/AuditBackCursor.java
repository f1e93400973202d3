package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// As [AuditCursor] from the newest entry to the oldest. Holds what it found of one block of a
/// segment in memory at a time. For one thread; to be closed.
public final class AuditBackCursor implements AutoCloseable {
    private final AuditQuery query;
    private final LogView view;
    private final long before;

    /// The newest last.
    private final ArrayDeque<AuditEntry> found = new ArrayDeque<>();

    private final ArrayDeque<SegmentEntries.Part> parts = new ArrayDeque<>();
    private int nextSegment;
    private @Nullable SegmentEntries segment;

    /// @param before entries from this number on are passed over
    AuditBackCursor(LogView view, AuditQuery query, long before) {
        this.view = view;
        this.query = query;
        this.before = before;
        this.nextSegment = view.segments().size() - 1;
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
        return Optional.of(found.removeLast());
    }

    /// Goes one part or segment back.
    private boolean read() {
        SegmentEntries open = segment;
        if (open == null) {
            return openSegment();
        }
        if (parts.isEmpty()) {
            close();
            return true;
        }
        FrameReader reader = open.reader(parts.removeLast());
        Optional<List<AuditEntry>> entries = open.next(reader);
        while (entries.isPresent()) {
            entries.get().stream().filter(entry -> entry.sequence() < before).forEach(found::add);
            entries = open.next(reader);
        }
        return true;
    }

    private boolean openSegment() {
        List<Segment> segments = view.segments();
        while (nextSegment >= 0 && segments.get(nextSegment).firstSequence() >= before) {
            nextSegment--;
        }
        boolean isTooOld =
                nextSegment + 1 < segments.size()
                        && nextSegment >= 0
                        && segments.get(nextSegment + 1).firstSequence() <= query.fromSequence();
        if (nextSegment < 0 || isTooOld) {
            return false;
        }
        SegmentEntries opened = SegmentEntries.open(view, nextSegment, query);
        segment = opened;
        parts.addAll(opened.parts());
        nextSegment--;
        return true;
    }

    @Override
    public void close() {
        SegmentEntries open = segment;
        segment = null;
        parts.clear();
        if (open != null) {
            open.close();
        }
    }
}
