package dev.sheaf.context.sequence;

/// What a run's positions are worth. The order is that of a position's life.
enum Standing {
    /// Readers see an element here.
    SHOWN,
    /// The element lives, but is shown at another place.
    MOVED,
    /// Nothing is shown here any more: a deleted element, or a place that an element has left.
    DEAD,
    /// Dead, and all members know: local inserts name it no more.
    SETTLED,
    /// Dead, and nobody will name it ever again: it may go.
    DROPPABLE;

    boolean isDead() {
        return compareTo(DEAD) >= 0;
    }
}
