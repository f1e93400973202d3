package dev.sheaf.context.sequence;

/// Between which two positions a local insert goes.
///
/// @param left the dot of the position before, or 0 for the beginning
/// @param right the dot of the position after, or 0 for the end
public record Origins(long left, long right) {}
