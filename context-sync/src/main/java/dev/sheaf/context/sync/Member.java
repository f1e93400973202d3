package dev.sheaf.context.sync;

/// What a group knows of one actor.
///
/// @param actor index in the node's table
/// @param standing where it is on its way from admission to eviction
/// @param admission the dot of the event that admitted it, 0 for those that were there from the
///   beginning
/// @param end for one whose stream has ended, the last sequence number of its stream; otherwise 0
public record Member(int actor, Standing standing, long admission, long end) {
    public enum Standing {
        /// Counted as having nothing; gets the group's state when all know of it.
        ADMITTED,
        /// A state was sent, or it was there from the beginning: takes part in everything.
        ACTIVE,
        /// Its stream has ended; its region may come back, and write again what it alone had.
        EVICTED,
        /// Its stream has ended, and its region or an operator said that nothing of it is left.
        GONE
    }

    static Member founding(int actor) {
        return new Member(actor, Standing.ACTIVE, 0, 0);
    }

    Member as(Standing other) {
        return new Member(actor, other, admission, end);
    }

    boolean counts() {
        return standing == Standing.ADMITTED || standing == Standing.ACTIVE;
    }
}
