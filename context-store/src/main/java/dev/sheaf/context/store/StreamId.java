package dev.sheaf.context.store;

/// One stream of the log: what one actor wrote into one group.
///
/// @param group the caller's number for a scope and shard, from 0
/// @param actor the node's number for an actor, from 0
public record StreamId(int group, int actor) implements Comparable<StreamId> {
    public StreamId {
        if (group < 0 || actor < 0) {
            throw new IllegalArgumentException("stream " + group + "/" + actor + " is negative");
        }
    }

    /// By group, then actor.
    @Override
    public int compareTo(StreamId other) {
        int byGroup = Integer.compare(group, other.group);
        return byGroup != 0 ? byGroup : Integer.compare(actor, other.actor);
    }

    @Override
    public String toString() {
        return group + "/" + actor;
    }
}
