package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;

import java.util.List;
import java.util.OptionalLong;

/// What two nodes say to each other about one group, over one ordered link. Actors and vectors are
/// in the indexes of the node that holds the message; on the wire they go by name. Source:
/// `spec/context.md`, section 6.
public sealed interface Message {
    /// To an upstream: send me this actor's stream. Takes the place of an earlier subscription to
    /// the same actor; one with a lower number is out of date and ignored.
    ///
    /// @param subscriber who asks
    /// @param subscription the subscriber's number for it, rising
    /// @param after the last sequence number that the subscriber has
    record Subscribe(ActorId subscriber, int actor, long subscription, long after)
            implements Message {}

    /// To an upstream: no more of this actor, please.
    record Unsubscribe(int actor, long subscription) implements Message {}

    /// To a subscriber: the next events of the stream, without a hole.
    record Events(int actor, long subscription, List<Event> events) implements Message {
        public Events {
            events = List.copyOf(events);
        }
    }

    /// To an upstream: everything up to this sequence number is durable here; send on.
    record Acknowledge(int actor, long subscription, long sequence) implements Message {}

    /// To a subscriber: I cannot or may not serve this subscription; ask another, or later.
    ///
    /// @param cut what every member has, for all I know: who does not have it lost its state
    record Declined(int actor, long subscription, VersionVector cut) implements Message {}

    /// To any member: how far are you?
    ///
    /// @param number the asker's, rising
    /// @param unlinked the members that the asker has no link to, and whose reports it wants
    record Beat(long number, List<Integer> unlinked) implements Message {
        public Beat {
            unlinked = List.copyOf(unlinked);
        }
    }

    /// To who sent the beat: what I had, durable by now, when I saw it.
    ///
    /// @param ages how old my knowledge of each origin was then, mine included; those I know
    ///   nothing of are left out
    /// @param sender who had it; a late mark of an earlier epoch says nothing of the present one
    /// @param cut what every member had, for all I knew then
    /// @param settled the cut that my documents were durably stripped by
    /// @param reports what other members had, for those that the beat named
    /// @param hlc my hybrid clock then, for measuring lag
    /// @param digest of my documents at that vector, where the two nodes see the same fields
    record Mark(
            int sender,
            long number,
            VersionVector vector,
            VersionVector cut,
            VersionVector settled,
            List<Age> ages,
            List<Report> reports,
            long hlc,
            OptionalLong digest)
            implements Message {
        public Mark {
            ages = List.copyOf(ages);
            reports = List.copyOf(reports);
        }
    }

    /// How old the knowledge of one origin is.
    record Age(int actor, long nanos) {}

    /// What one member has said it has, what it took for stable then, and durably so.
    record Report(int actor, VersionVector vector, VersionVector cut, VersionVector settled) {}

    /// To a region whose actor was evicted: its stream ends here, come back under another epoch.
    record Evicted(int actor, long end) implements Message {}

    /// To a member: admit me, and send me the state.
    ///
    /// @param transfer the joiner's number for the answer, rising
    record Join(ActorId joiner, long transfer) implements Message {}

    /// To a joiner: that epoch was used already; the first free one is this.
    record JoinRefused(int epoch) implements Message {}

    /// To a joiner: the state begins.
    record StateBegin(long transfer, ReplicaState state) implements Message {}

    /// To a joiner: a part of the state, numbered from 0; the next follows when it is acknowledged.
    record StatePart(long transfer, int index, byte[] bytes, boolean last) implements Message {}

    /// To a sponsor: send the part with this number.
    record StateNext(long transfer, int index) implements Message {}
}
