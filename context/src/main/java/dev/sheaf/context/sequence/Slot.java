package dev.sheaf.context.sequence;

/// A place to which an element was moved.
///
/// @param dot of the place
/// @param hlc when it was moved there; the later move wins, then the mover's name
record Slot(long dot, long element, long hlc) {}
