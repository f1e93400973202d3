package dev.sheaf.context.codec;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.json.KeyNames;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Reads batches that [BatchWriter] wrote, from anybody: a batch that is not exactly what the
/// specification says is refused whole, before any of it is used. Not safe for threads.
public final class BatchReader {
    /// Gets the events of a batch in the order of its bytes.
    @FunctionalInterface
    public interface Receiver {
        void event(String scope, int shard, Event event);
    }

    private static final EventKind[] KINDS = EventKind.values();
    private static final Lane[] LANES = Lane.values();
    private static final int ACTORS_MAX = 1_024;
    private static final int SHARDS_MAX = 1 << 16;
    private static final int WIDTH_MAX = 1 << 24;

    private final BatchDecompression decompression;
    private final ToIntFunction<ActorId> actorIndexes;
    private final EventIds eventIds = new EventIds();

    // The batch that is being read.
    private ByteReader in = new ByteReader(new byte[0]);
    private String[] strings = new String[0];
    private int[] actors = new int[0];
    private List<List<Step>> paths = List.of();

    // The section that is being read.
    private int actor;

    /// @param actorIndexes the node's number of an actor; throws a [Problem] for actors it will not
    ///   hear of
    public BatchReader(BatchDecompression decompression, ToIntFunction<ActorId> actorIndexes) {
        this.decompression = decompression;
        this.actorIndexes = actorIndexes;
    }

    /// @throws Problem UNREADABLE_INPUT, or what the lookup of actors throws; the receiver may have
    ///   got events by then, which it has to forget
    public void read(byte[] frame, int offset, int length, Receiver receiver) {
        in = decompression.body(frame, offset, length);
        readActors();
        strings = StringTable.read(in);
        readPaths();
        int sections = in.count("sections");
        for (int i = 0; i < sections; i++) {
            readSection(receiver);
        }
        in.end();
    }

    private void readActors() {
        int count = in.varint(Math.min(ACTORS_MAX, in.remaining()), "the number of actors");
        actors = new int[count];
        for (int i = 0; i < count; i++) {
            String name = in.string();
            actors[i] = actorIndexes.applyAsInt(ActorId.parse(name));
        }
    }

    private void readPaths() {
        int count = in.count("paths");
        List<List<Step>> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int steps = in.count("steps");
            Step[] path = new Step[steps];
            for (int step = 0; step < steps; step++) {
                path[step] = readStep();
            }
            read.add(List.of(path));
        }
        paths = read;
    }

    private Step readStep() {
        int form = in.u8();
        return switch (form) {
            case 0 -> new Step.Key(KeyNames.of(readString()));
            case 1 -> new Step.Element(Dot.of(readActor(), readSequence()));
            default -> throw in.fault("has an unknown step " + form);
        };
    }

    private void readSection(Receiver receiver) {
        String scope = readString();
        int shard = in.varint(SHARDS_MAX, "a shard");
        actor = readActor();
        long sequence = readSequence();
        VersionVector others = readVector();
        long hlc = in.u64();
        int count = in.count("events");
        eventIds.reset();
        for (int i = 0; i < count; i++) {
            int flags = in.u8();
            int width = in.varint(WIDTH_MAX, "an event's width");
            if (sequence + width - 1 > Dot.SEQUENCE_MAX || width == 0) {
                throw in.fault("has sequence numbers beyond what there can be");
            }
            hlc += in.svarint();
            if ((flags & EventFlags.CONTEXT_CHANGES) != 0) {
                others = readContextChanges(others);
            }
            receiver.event(scope, shard, readEvent(flags, sequence, width, hlc, others));
            sequence += width;
        }
    }

    private VersionVector readVector() {
        int count = in.count("entries of a vector");
        VersionVector vector = VersionVector.EMPTY;
        for (int i = 0; i < count; i++) {
            vector = vector.with(readActor(), readSequence());
        }
        return vector;
    }

    private VersionVector readContextChanges(VersionVector before) {
        int count = in.count("changes of a context");
        VersionVector vector = before;
        for (int i = 0; i < count; i++) {
            int index = readActor();
            long sequence = vector.get(index) + in.varint();
            if (sequence < 0 || sequence > Dot.SEQUENCE_MAX) {
                throw in.fault("has a context beyond what there can be");
            }
            vector = vector.with(index, sequence);
        }
        return vector;
    }

    private Event readEvent(int flags, long sequence, int width, long hlc, VersionVector others) {
        int kind = flags & EventFlags.KIND_MASK;
        int lane = flags >> EventFlags.LANE_SHIFT & EventFlags.LANE_MASK;
        if (kind >= KINDS.length || lane >= LANES.length) {
            throw in.fault("has an unknown kind or lane of event");
        }
        String eventId = eventIds.read(in);
        String type = readString();
        String document = readString();
        String version = readString();
        String author = (flags & EventFlags.AUTHOR) != 0 ? readString() : "";
        long ttl = (flags & EventFlags.TTL) != 0 ? in.varint() : 0;
        String compactionKey = (flags & EventFlags.COMPACTION_KEY) != 0 ? readString() : "";
        VersionVector context = others.with(actor, sequence - 1);
        return new Event(
                eventId,
                KINDS[kind],
                type,
                document,
                version,
                actor,
                sequence,
                width,
                hlc,
                context,
                LANES[lane],
                author,
                ttl,
                compactionKey,
                readOps(sequence));
    }

    private List<Op> readOps(long sequence) {
        int count = in.count("operations");
        if (count == 1) {
            return List.of(readOp(sequence));
        }
        Op[] ops = new Op[count];
        for (int i = 0; i < count; i++) {
            ops[i] = readOp(sequence);
        }
        return List.of(ops);
    }

    private Op readOp(long sequence) {
        int code = in.u8();
        List<Step> path = paths.get(in.varint(paths.size() - 1, "a path's number"));
        return switch (code) {
            case OpCode.ASSIGN -> {
                long firstDot = readDot(sequence);
                yield new Op.Assign(path, readValue(), firstDot);
            }
            case OpCode.REMOVE -> new Op.Remove(path);
            case OpCode.INCREMENT -> new Op.Increment(path, readAmount());
            case OpCode.INCLUDE -> new Op.Include(path, readValues());
            case OpCode.EXCLUDE -> new Op.Exclude(path, readValues());
            case OpCode.INSERT -> {
                long firstDot = readDot(sequence);
                long left = readDot(sequence);
                long right = readDot(sequence);
                yield new Op.Insert(path, firstDot, left, right, readValues());
            }
            case OpCode.DELETE -> new Op.Delete(path, readRuns(sequence));
            case OpCode.MOVE -> {
                long slot = readDot(sequence);
                long element = readDot(sequence);
                long left = readDot(sequence);
                yield new Op.Move(path, slot, element, left, readDot(sequence));
            }
            case OpCode.ERASE -> new Op.Erase();
            case OpCode.ERASE_SUBJECT -> new Op.EraseSubject(in.string());
            default -> throw in.fault("has an unknown operation " + code);
        };
    }

    private java.math.BigDecimal readAmount() {
        JsonNode amount = readValue();
        if (!amount.isNumber()) {
            throw in.fault("has an increment that is not a number");
        }
        return amount.decimalValue();
    }

    private List<Op.Run> readRuns(long sequence) {
        int count = in.count("runs");
        List<Op.Run> runs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long first = readDot(sequence);
            int length = in.varint(WIDTH_MAX, "the length of a run");
            if (first == Dot.STABLE
                    || length == 0
                    || Dot.sequence(first) + length - 1 > Dot.SEQUENCE_MAX) {
                throw in.fault("has an impossible run of elements");
            }
            runs.add(new Op.Run(first, length));
        }
        return runs;
    }

    private JsonNode readValue() {
        return ValueCodec.read(in, strings);
    }

    private List<JsonNode> readValues() {
        int count = in.count("values");
        if (count == 1) {
            return List.of(readValue());
        }
        List<JsonNode> values = new ArrayList<>(Math.min(count, 1_024));
        for (int i = 0; i < count; i++) {
            values.add(readValue());
        }
        return values;
    }

    private long readDot(long eventSequence) {
        int index = in.varint(actors.length, "an actor's number");
        if (index == 0) {
            return Dot.STABLE;
        }
        int dotActor = actors[index - 1];
        long sequence = dotActor == actor ? eventSequence + in.svarint() : in.varint();
        return Dot.of(dotActor, checkedSequence(sequence));
    }

    private int readActor() {
        return actors[in.varint(actors.length - 1, "an actor's number")];
    }

    private long readSequence() {
        return checkedSequence(in.varint());
    }

    private long checkedSequence(long sequence) {
        if (sequence < 1 || sequence > Dot.SEQUENCE_MAX) {
            throw in.fault("has the sequence number " + sequence + ", which cannot be");
        }
        return sequence;
    }

    private String readString() {
        return strings[in.varint(strings.length - 1, "a string's number")];
    }
}
