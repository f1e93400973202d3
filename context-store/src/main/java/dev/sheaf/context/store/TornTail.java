package dev.sheaf.context.store;

import java.nio.file.Path;

/// What a crash left at the end of a log: bytes of appends that were never acknowledged, cut when
/// the log was opened.
///
/// @param file the segment that was cut
/// @param offset where, in bytes from its beginning
/// @param bytes how many went, room that was never written included
public record TornTail(Path file, long offset, long bytes) {}
