package dev.sheaf.governance.audit.store;

import java.nio.file.Path;

/// What a crash left of a group of entries that was never acknowledged; it was cut off.
///
/// @param offset in the file, where it began
public record TornTail(Path file, long offset, long bytes) {}
