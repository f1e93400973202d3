package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.note.SignedNote;

import java.util.List;
import java.util.Optional;

/// What of the log is durable at one moment, for those who read.
///
/// @param segments the last one is written to
/// @param end of the last segment's frames
/// @param index of the last segment
/// @param size how many entries
/// @param checkpoint the last one that was signed
/// @param signedSize how many entries it covers
record LogView(
        List<Segment> segments,
        long end,
        SegmentIndex index,
        long size,
        Optional<SignedNote> checkpoint,
        long signedSize) {
    LogView {
        segments = List.copyOf(segments);
    }
}
