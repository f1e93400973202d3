package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// One replica of a group of three regions, with hand-made surroundings that write down what it
/// asks for. Actors: 0 is itself, 1 and 2 are the others.
final class ReplicaRig implements Effects {
    static final RegionName SELF = RegionName.parse("aws/a");
    static final RegionName OTHER = RegionName.parse("azure/b");
    static final RegionName THIRD = RegionName.parse("gcp/c");
    static final long MILLISECOND = 1_000_000;
    static final long WALL_MILLIS = 1_700_000_000_000L;
    static final int EVENT_BYTES = 100;

    record Sent(RegionName to, Message message) {}

    record Read(RegionName to, int actor, long subscription, long after, long through) {}

    final ActorTable actors = new ActorTable();
    final List<Sent> sent = new ArrayList<>();
    final List<Event> applied = new ArrayList<>();
    final List<Read> reads = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();
    final List<VersionVector> cuts = new ArrayList<>();
    final List<Long> evictions = new ArrayList<>();
    final Replica replica;
    long now = 1_000 * MILLISECOND;

    ReplicaRig() {
        List<ActorId> members = new ArrayList<>();
        for (RegionName region : List.of(SELF, OTHER, THIRD)) {
            ActorId actor = new ActorId(region, 1);
            actors.indexOf(actor);
            members.add(actor);
        }
        SyncConfig config =
                new SyncConfig(
                        25 * MILLISECOND,
                        250 * MILLISECOND,
                        1_000 * MILLISECOND,
                        3_600_000 * MILLISECOND,
                        10 * EVENT_BYTES,
                        60_000,
                        1_000);
        replica =
                new Replica(
                        new GroupId("world", 0),
                        members.getFirst(),
                        config,
                        (relay, to) -> true,
                        actors,
                        this,
                        ReplicaState.founding(members, actors),
                        1,
                        now);
    }

    Event event(int actor, long sequence, VersionVector context) {
        return event(actor, sequence, context, WALL_MILLIS);
    }

    Event event(int actor, long sequence, VersionVector context, long hlcMillis) {
        return new Event(
                "event-" + actor + "-" + sequence,
                EventKind.CONTEXT_DELTA,
                "note",
                "n1",
                "1.0",
                actor,
                sequence,
                1,
                Hlc.of(hlcMillis, 0),
                context.with(actor, sequence - 1),
                Lane.CRITICAL,
                "",
                0,
                "",
                List.of());
    }

    Event write() {
        Event event = event(0, replica.nextSequence(), replica.applied());
        replica.written(event, now);
        return event;
    }

    void sync() {
        replica.durable(replica.applied(), now);
    }

    /// Events of a stream as the current subscription would bring them.
    void deliver(RegionName from, Event... events) {
        int actor = events[0].actor();
        deliverAs(from, new Message.Events(actor, subscriptionTo(actor), List.of(events)));
    }

    void deliverAs(RegionName from, Message message) {
        replica.receive(from, message, now, WALL_MILLIS);
    }

    long subscriptionTo(int actor) {
        long last = 0;
        for (Sent one : sent) {
            if (one.message() instanceof Message.Subscribe subscribe
                    && subscribe.actor() == actor) {
                last = subscribe.subscription();
            }
        }
        return last;
    }

    <M extends Message> List<M> messages(RegionName to, Class<M> kind) {
        return sent.stream()
                .filter(one -> one.to().equals(to))
                .map(Sent::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Override
    public void send(RegionName to, Message message) {
        sent.add(new Sent(to, message));
    }

    @Override
    public void apply(Event event) {
        applied.add(event);
    }

    @Override
    public int bytes(Event event) {
        return EVENT_BYTES;
    }

    @Override
    public long hlc() {
        return Hlc.of(WALL_MILLIS, 0);
    }

    @Override
    public OptionalLong digest(RegionName peer) {
        return OptionalLong.empty();
    }

    @Override
    public void readLog(
            RegionName to, int actor, long subscription, long after, long through, long bytesMax) {
        reads.add(new Read(to, actor, subscription, after, through));
    }

    @Override
    public void stable(VersionVector cut) {
        cuts.add(cut);
    }

    @Override
    public void readState(RegionName to, long transfer, int index) {}

    @Override
    public void putState(int index, byte[] bytes) {}

    @Override
    public void installState(ReplicaState state) {}

    @Override
    public void evicted(long end) {
        evictions.add(end);
    }

    @Override
    public void epochTaken(int epoch) {}

    @Override
    public void digestMismatch(RegionName peer, VersionVector at, long ours, long theirs) {}

    @Override
    public void refused(RegionName from, Refusal why) {
        refusals.add(why);
    }
}
