package dev.sheaf.context.sync;

import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import java.util.OptionalLong;

/// What a replica asks of the world around it. Called from within the replica's inputs, on the
/// thread that owns it; an implementation must not call an input before that one has returned.
public interface Effects {
    /// Sends over the link to that region; forgotten when there is none. Events are whole here:
    /// what `to` may not see is taken out by the implementation.
    void send(RegionName to, Message message);

    /// Appends to the log and merges, unless it is a change of members
    /// ([MemberChange#isMemberChange]), which is appended only. In causal order. The replica hears
    /// by [Replica#durable] when it is synced.
    void apply(Event event);

    /// About how many bytes the event takes, on the wire and in memory.
    int bytes(Event event);

    /// The next reading of the node's hybrid clock.
    long hlc();

    /// The digest of the group's documents as they are now, over what both this node and `peer` may
    /// see; empty when that is not known.
    OptionalLong digest(RegionName peer);

    /// Wants one actor's events from the log, from the one after `after` to `through` at most, and
    /// about `bytesMax` of them, at least one. Answered by [Replica#logRead] or, when the log no
    /// longer has them, [Replica#logCut].
    void readLog(
            RegionName to, int actor, long subscription, long after, long through, long bytesMax);

    /// Every member has everything up to here: dots may be stripped, fences dropped, the log cut.
    /// What the log still has is enough for all members.
    void stable(VersionVector cut);

    /// Wants a part of the group's state for a joiner. Part 0 takes the state as it is at this
    /// moment, together with the log from `cut` on; later ones go on with the same. Answered by
    /// [Replica#stateRead].
    void readState(RegionName to, long transfer, int index);

    /// This node is a joiner, and this is a part of its state; part 0 drops what came before.
    void putState(int index, byte[] bytes);

    /// All parts are there. To be made durable together with `state`; then [Replica#installed].
    void installState(ReplicaState state);

    /// This actor was evicted or has lost its state: the node must set its own events after `end`
    /// aside, drop the group's documents, and come back with a new replica under the next epoch.
    void evicted(long end);

    /// The epoch that this node wanted to join under was used before; it must try with this one.
    void epochTaken(int epoch);

    /// A peer shows other documents for the same events: a fault.
    void digestMismatch(RegionName peer, VersionVector at, long ours, long theirs);

    /// Something was not taken. The link is to be closed and opened anew where the reason says so.
    void refused(RegionName from, Refusal why);
}
