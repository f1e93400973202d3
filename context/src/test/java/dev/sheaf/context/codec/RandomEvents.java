package dev.sheaf.context.codec;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.RedactedValue;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Streams of events with everything in them that an event can have.
final class RandomEvents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ACTORS = 3;

    private final Random random;
    private final long[] sequences = new long[ACTORS];
    private VersionVector seen = VersionVector.EMPTY;
    private long hlc = Hlc.of(1_767_225_600_000L, 0);

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    static ActorTable actors() {
        ActorTable actors = new ActorTable();
        for (String name : List.of("aws/us-east-1#1", "azure/westeurope#2", "gcp/europe-west1#1")) {
            actors.indexOf(ActorId.parse(name));
        }
        return actors;
    }

    Event next() {
        int actor = random.nextInt(ACTORS);
        int width = random.nextInt(4) == 0 ? 1 + random.nextInt(300) : 1;
        long sequence = sequences[actor] + 1;
        sequences[actor] += width;
        hlc = Hlc.next(hlc, Hlc.millis(hlc) + random.nextInt(5) - 2);
        List<Op> ops = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ops.add(op(actor, sequence));
        }
        VersionVector context = seen.with(actor, sequence - 1);
        seen = seen.with(actor, sequences[actor]);
        return new Event(
                random.nextBoolean() ? "ctx-delta-" + (1_000_000 + sequence) : uuid(),
                EventKind.values()[random.nextInt(3)],
                "support.conversation",
                "session-" + random.nextInt(20),
                "1." + random.nextInt(3),
                actor,
                sequence,
                width,
                hlc,
                context,
                Lane.values()[random.nextInt(3)],
                random.nextBoolean() ? "" : "agent-" + random.nextInt(3),
                random.nextBoolean() ? 0 : random.nextInt(100_000),
                random.nextBoolean() ? "" : "key-" + random.nextInt(3),
                ops);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Op op(int actor, long sequence) {
        long first = Dot.of(actor, sequence);
        return switch (random.nextInt(10)) {
            case 0 -> new Op.Assign(path(), value(3), random.nextBoolean() ? first : Dot.STABLE);
            case 1 -> new Op.Remove(path());
            case 2 -> new Op.Increment(path(), amount());
            case 3 -> new Op.Include(path(), List.of(value(1), value(1)));
            case 4 -> new Op.Exclude(path(), List.of(value(1)));
            case 5 -> new Op.Insert(path(), first, dot(), dot(), List.of(value(2)));
            case 6 -> new Op.Delete(path(), List.of(new Op.Run(first, 3), new Op.Run(dotOf(1), 1)));
            case 7 -> new Op.Move(path(), first, dotOf(0), dot(), dot());
            case 8 -> new Op.Erase();
            default -> new Op.EraseSubject("subject-" + random.nextInt(5));
        };
    }

    /// With the one scale that a number has on the wire.
    private BigDecimal amount() {
        BigDecimal amount =
                BigDecimal.valueOf(random.nextInt(), random.nextInt(4)).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    private long dot() {
        return random.nextInt(3) == 0 ? Dot.STABLE : dotOf(random.nextInt(ACTORS));
    }

    private long dotOf(int actor) {
        return Dot.of(actor, 1 + random.nextInt(1_000));
    }

    private List<Step> path() {
        List<Step> steps = new ArrayList<>();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            steps.add(
                    random.nextInt(4) == 0
                            ? new Step.Element(dotOf(random.nextInt(ACTORS)))
                            : new Step.Key("key" + random.nextInt(8)));
        }
        return List.copyOf(steps);
    }

    JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 9 : 11)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(64));
            case 3 -> JSON.numberNode(random.nextInt());
            case 4 -> JSON.numberNode(random.nextLong() | 1L << 40);
            case 5 -> JSON.numberNode(random.nextInt(1_000) + 0.5);
            case 6 -> JSON.numberNode(new BigDecimal("12345678901234567890.123456789"));
            case 7 -> JSON.stringNode("ünïcode 😀 ".repeat(random.nextInt(20)));
            case 8 -> RedactedValue.INSTANCE;
            case 9 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set("member" + i, value(depth - 1));
                }
                yield object;
            }
        };
    }
}
