package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.StreamId;

import java.nio.file.Path;

/// One file of the log as it is known in memory.
///
/// @param lastsBefore where each stream ended before this segment
public record Segment(Path file, SegmentHeader header, StreamLasts lastsBefore) {
    private static final String SUFFIX = ".log";
    private static final int DIGITS = 19;

    /// The name of a segment that begins at this position: names sort as positions do.
    static String fileName(long firstPosition) {
        return "0".repeat(DIGITS - Long.toString(firstPosition).length()) + firstPosition + SUFFIX;
    }

    static boolean isSegment(Path file) {
        String name = file.getFileName().toString();
        return name.length() == DIGITS + SUFFIX.length()
                && name.endsWith(SUFFIX)
                && name.chars().limit(DIGITS).allMatch(Character::isDigit);
    }

    public long firstPosition() {
        return header.firstPosition();
    }

    /// Where the stream ended before this segment, 0 if it had not begun.
    public long lastBefore(StreamId stream) {
        return lastsBefore.last(stream);
    }
}
