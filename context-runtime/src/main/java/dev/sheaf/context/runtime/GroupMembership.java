package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.Lane;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.sync.Refusal;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a group needs of the node around it: who sees what, and what happens beyond the group.
interface GroupMembership {
    /// A number greater than at any earlier start of a replica here.
    int session();

    /// Whether the relay sees everything in the scope that the other may see.
    boolean mayRelay(RegionName relay, RegionName to);

    /// Whether the peer and this node see the same fields of the scope's documents.
    boolean seesTheSame(RegionName peer);

    /// The most urgent class of the scope's types.
    Lane lane();

    /// The group has its state: it may hear of links now.
    void begin(Group group);

    /// Makes sure that the log names all actors before anything refers to them by number.
    void keepActors();

    /// Of a type that this node does not know yet: to be merged from the log when it does.
    void hold(Group group, Event event);

    /// The event with its place in the stream and nothing else, for a peer of whose rights on this
    /// type nothing is known.
    Event withoutContent(Event event);

    /// The document was erased: its content is to go from log and conflict stream.
    ///
    /// @param fence the erasure's dot
    void erased(DocumentKey key, long fence);

    /// Puts erasures that are still to be carried out into a batch of documents.
    void keepErasures(StateBatch batch);

    /// What was put into a batch did not reach the store.
    void notWritten();

    void stable(Group group, VersionVector cut);

    /// This node's actor was evicted; see [dev.sheaf.context.sync.Effects#evicted].
    void evicted(Group group, long end);

    /// The group's state has come: what was set aside may be written again.
    void installed(Group group);

    void epochTaken(Group group, int epoch);

    void mismatched(RegionName peer);

    void refused(RegionName from, Refusal why);

    /// Puts what is remembered of seen events into the batch.
    void writeSeen(Group group, StateBatch batch);

    /// Nothing more can be acknowledged until the node starts again. Any thread may call this.
    void logFailed(Problem problem);

    /// The link's measured round trip, if there is one.
    Optional<Duration> roundTrip(RegionName peer);

    /// The links that are up now.
    List<RegionName> linked();
}
