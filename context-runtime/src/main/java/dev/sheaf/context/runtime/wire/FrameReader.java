package dev.sheaf.context.runtime.wire;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.BatchReader;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;
import dev.sheaf.kernel.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/// Reads frames from a peer that nobody vouches for: a frame that is not exactly what the
/// specification says is refused whole. Not safe for threads.
public final class FrameReader {
    private static final int SHARDS_MAX = 1 << 16;

    private final ToIntFunction<ActorId> actorIndexes;
    private final BatchReader batches;

    // The frame that is being read.
    private ByteReader in = new ByteReader(new byte[0]);
    private int[] actors = new int[0];

    /// @param actorIndexes the node's number of an actor; throws a [Problem] for actors it will not
    ///   hear of
    public FrameReader(BatchDecompression decompression, ToIntFunction<ActorId> actorIndexes) {
        this.actorIndexes = actorIndexes;
        this.batches = new BatchReader(decompression, actorIndexes);
    }

    /// @throws Problem UNREADABLE_INPUT, or what the lookup of actors throws
    public List<Addressed> read(byte[] frame) {
        in = new ByteReader(frame);
        if (in.u8() != MessageCode.FRAME || in.u8() != MessageCode.VERSION) {
            throw in.fault("is not a frame of version " + MessageCode.VERSION);
        }
        actors = new int[in.count("actors")];
        for (int i = 0; i < actors.length; i++) {
            actors[i] = actorIndexes.applyAsInt(ActorId.parse(in.string()));
        }
        GroupId[] groups = new GroupId[in.count("groups")];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new GroupId(in.string(), in.varint(SHARDS_MAX, "a shard"));
        }
        int count = in.count("messages");
        List<Entry> entries = new ArrayList<>(count);
        List<Awaiting> awaiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GroupId group = groups[in.varint(groups.length - 1, "a group's number")];
            Entry entry = readEntry(group);
            entries.add(entry);
            if (entry instanceof Awaiting events) {
                awaiting.add(events);
            }
        }
        if (awaiting.isEmpty()) {
            in.end();
        } else {
            EventSorter sorter = new EventSorter(awaiting);
            batches.read(frame, in.position(), in.remaining(), sorter);
            sorter.end();
        }
        return entries.stream().map(Entry::complete).toList();
    }

    /// One message, as far as it was read.
    private sealed interface Entry {
        Addressed complete();
    }

    private record Ready(Addressed message) implements Entry {
        @Override
        public Addressed complete() {
            return message;
        }
    }

    /// A message whose events come with the batch at the end.
    private record Awaiting(
            GroupId group, int actor, long subscription, int count, List<Event> events)
            implements Entry {
        @Override
        public Addressed complete() {
            return new Addressed(group, new Message.Events(actor, subscription, events));
        }
    }

    /// Gives the events of the batch to the messages, in the messages' order.
    private final class EventSorter implements BatchReader.Receiver {
        private final List<Awaiting> awaiting;
        private int current;

        EventSorter(List<Awaiting> awaiting) {
            this.awaiting = awaiting;
        }

        @Override
        public void event(String scope, int shard, Event event) {
            while (current < awaiting.size() && isFull(awaiting.get(current))) {
                current++;
            }
            if (current == awaiting.size()
                    || awaiting.get(current).group().shard() != shard
                    || !awaiting.get(current).group().scope().equals(scope)) {
                throw in.fault("has events that belong to none of its messages");
            }
            awaiting.get(current).events().add(event);
        }

        void end() {
            if (!awaiting.stream().allMatch(EventSorter::isFull)) {
                throw in.fault("lacks events of one of its messages");
            }
        }

        private static boolean isFull(Awaiting message) {
            return message.events().size() == message.count();
        }
    }

    private Entry readEntry(GroupId group) {
        int code = in.u8();
        if (code == MessageCode.EVENTS) {
            return new Awaiting(group, actor(), in.varint(), in.count("events"), new ArrayList<>());
        }
        return new Ready(new Addressed(group, readMessage(code)));
    }

    private Message readMessage(int code) {
        return switch (code) {
            case MessageCode.SUBSCRIBE ->
                    new Message.Subscribe(
                            ActorId.parse(in.string()), actor(), in.varint(), in.varint());
            case MessageCode.UNSUBSCRIBE -> new Message.Unsubscribe(actor(), in.varint());
            case MessageCode.ACKNOWLEDGE ->
                    new Message.Acknowledge(actor(), in.varint(), in.varint());
            case MessageCode.DECLINED -> new Message.Declined(actor(), in.varint(), vector());
            case MessageCode.BEAT -> new Message.Beat(in.varint(), actorList());
            case MessageCode.MARK -> readMark();
            case MessageCode.EVICTED -> new Message.Evicted(actor(), in.varint());
            case MessageCode.JOIN -> new Message.Join(ActorId.parse(in.string()), in.varint());
            case MessageCode.JOIN_REFUSED ->
                    new Message.JoinRefused(in.varint(Integer.MAX_VALUE, "an epoch"));
            case MessageCode.STATE_BEGIN ->
                    new Message.StateBegin(in.varint(), StateCodec.read(in, this::actorAt));
            case MessageCode.STATE_PART -> {
                long transfer = in.varint();
                int index = in.varint(Integer.MAX_VALUE, "a part's number");
                byte[] bytes = in.raw(in.count("bytes of a part"));
                yield new Message.StatePart(transfer, index, bytes, in.u8() == 1);
            }
            case MessageCode.STATE_NEXT ->
                    new Message.StateNext(
                            in.varint(), in.varint(Integer.MAX_VALUE, "a part's number"));
            default -> throw in.fault("has an unknown message " + code);
        };
    }

    private List<Integer> actorList() {
        List<Integer> list = new ArrayList<>();
        for (int left = in.count("actors"); left > 0; left--) {
            list.add(actor());
        }
        return list;
    }

    private Message readMark() {
        int sender = actor();
        long number = in.varint();
        VersionVector vector = vector();
        VersionVector cut = vector();
        VersionVector settled = vector();
        List<Message.Age> ages = new ArrayList<>();
        for (int left = in.count("ages"); left > 0; left--) {
            int actor = actor();
            long nanos = in.varint();
            if (nanos < 0) {
                throw in.fault("has a negative age");
            }
            ages.add(new Message.Age(actor, nanos));
        }
        List<Message.Report> reports = new ArrayList<>();
        for (int left = in.count("reports"); left > 0; left--) {
            int actor = actor();
            reports.add(new Message.Report(actor, vector(), vector(), vector()));
        }
        long hlc = in.u64();
        OptionalLong digest = in.u8() == 1 ? OptionalLong.of(in.u64()) : OptionalLong.empty();
        return new Message.Mark(sender, number, vector, cut, settled, ages, reports, hlc, digest);
    }

    private VersionVector vector() {
        return StateCodec.readVector(in, this::actorAt);
    }

    private int actor() {
        return actorAt(in.varint(Integer.MAX_VALUE, "an actor's number"));
    }

    private int actorAt(int number) {
        if (number >= actors.length) {
            throw in.fault("names the actor " + number + " of " + actors.length);
        }
        return actors[number];
    }
}
