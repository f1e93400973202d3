package dev.sheaf.context.sequence;

/// How the elements of a run are kept: as text or as values. An array behind a run may be longer
/// than the run.
interface Elements {
    /// A copy of the elements from (inclusive) to (exclusive).
    Object slice(Object elements, int from, int to);

    /// Both behind each other; `left` may be written into and is not used again.
    Object concat(Object left, int leftLength, Object right, int rightLength);
}
