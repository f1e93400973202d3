package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Step;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.sequence.TextSequence;
import dev.sheaf.context.sequence.ValueCodec;
import dev.sheaf.context.sequence.ValueSequence;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Reads what [ContentWriter] wrote; takes bytes from anybody.
final class ContentReader {
    private final ActorTable actors;
    private final IntUnaryOperator actorIndex;
    private final long hlcBase;
    private final ValueReader values;

    ContentReader(ActorTable actors, IntUnaryOperator actorIndex, long hlcBase, String[] keys) {
        this.actors = actors;
        this.actorIndex = actorIndex;
        this.hlcBase = hlcBase;
        this.values = new ValueReader(keys);
    }

    long dot(ByteReader in) {
        int number = in.size(Integer.MAX_VALUE);
        if (number == 0) {
            return Dot.STABLE;
        }
        int actor = actorIndex.applyAsInt(number - 1);
        long sequence = in.varint();
        if (actor < 0 || actor >= actors.size() || sequence < 1 || sequence > Dot.SEQUENCE_MAX) {
            throw in.unreadable("a dot of actor " + (number - 1) + ", number " + sequence);
        }
        return Dot.of(actor, sequence);
    }

    long[] dots(ByteReader in) {
        long[] dots = new long[in.size(in.remaining())];
        for (int index = 0; index < dots.length; index++) {
            dots[index] = dot(in);
        }
        return dots;
    }

    private long hlc(ByteReader in) {
        return hlcBase - in.svarint();
    }

    @Nullable Object read(ByteReader in, int depth) {
        if (depth > EventCheck.DEPTH_MAX) {
            throw in.unreadable("more than " + EventCheck.DEPTH_MAX + " levels");
        }
        int tag = in.u8();
        return switch (tag) {
            case ContentWriter.NOTHING -> null;
            case ContentWriter.VALUE -> values.read(in, depth);
            case ContentWriter.REGISTER -> register(in, depth);
            case ContentWriter.SIBLINGS -> siblings(in, depth);
            case ContentWriter.MAP -> map(in, depth);
            case ContentWriter.LIST -> {
                long[] presence = dots(in);
                ListNode list =
                        new ListNode(
                                ValueSequence.decode(
                                        in.bytes(), new Elements(depth), actors, actorIndex));
                list.setPresence(presence);
                yield list;
            }
            case ContentWriter.TEXT -> {
                long[] presence = dots(in);
                TextNode text = new TextNode(TextSequence.decode(in.bytes(), actors, actorIndex));
                text.setPresence(presence);
                yield text;
            }
            case ContentWriter.SET -> set(in, depth);
            case ContentWriter.COUNTER -> counter(in);
            case ContentWriter.MIXED -> mixed(in, depth);
            default -> throw in.unreadable("no content begins with " + tag);
        };
    }

    private Register register(ByteReader in, int depth) {
        long dot = dot(in);
        long hlc = hlc(in);
        return new Register(values.read(in, depth), dot, hlc);
    }

    private Object siblings(ByteReader in, int depth) {
        int count = in.size(in.remaining());
        List<Register> registers = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            registers.add(register(in, depth));
        }
        Object siblings = Siblings.of(registers);
        if (siblings == null) {
            throw in.unreadable("a register without values");
        }
        return siblings;
    }

    private MapNode map(ByteReader in, int depth) {
        long[] presence = dots(in);
        int count = in.size(in.remaining());
        MapNode map = new MapNode(count);
        map.setPresence(presence);
        for (int index = 0; index < count; index++) {
            String key = values.key(in);
            if (map.find(key) >= 0) {
                throw in.unreadable("a member that is there twice");
            }
            map.set(map.findOrAdd(key), read(in, depth + 1));
        }
        return map;
    }

    private SetNode set(ByteReader in, int depth) {
        SetNode set = new SetNode();
        set.setPresence(dots(in));
        int count = in.size(in.remaining());
        for (int index = 0; index < count; index++) {
            JsonValues.Key key = new JsonValues.Key(values.read(in, depth));
            set.put(key, dots(in));
        }
        return set;
    }

    private CounterNode counter(ByteReader in) {
        BigDecimal base = in.u8() == 0 ? null : ValueReader.decimal(in);
        CounterNode counter = new CounterNode(base);
        int count = in.size(in.remaining());
        for (int index = 0; index < count; index++) {
            long dot = dot(in);
            boolean assigned = in.u8() != 0;
            counter.add(dot, ValueReader.decimal(in), assigned);
        }
        return counter;
    }

    private @Nullable Object mixed(ByteReader in, int depth) {
        int count = in.size(in.remaining());
        List<Object> parts = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Object part = read(in, depth + 1);
            if (part == null || part instanceof Mixed) {
                throw in.unreadable("nothing, or mixed content, as a part of mixed content");
            }
            parts.add(part);
        }
        return Mixed.ofParts(parts);
    }

    private List<Step> path(ByteReader in) {
        int count = in.size(in.remaining());
        List<Step> path = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            path.add(in.u8() == 0 ? new Step.Key(values.key(in)) : new Step.Element(dot(in)));
        }
        return path;
    }

    Removals.Removal removal(ByteReader in) {
        List<Step> path = path(in);
        long dot = dot(in);
        return new Removals.Removal(path, dot, hlc(in));
    }

    private final class Elements implements ValueCodec<Object> {
        private final int depth;

        Elements(int depth) {
            this.depth = depth;
        }

        @Override
        public void encode(ByteWriter out, Object content) {
            throw new UnsupportedOperationException("a reader does not write");
        }

        @Override
        public Object decode(byte[] bytes) {
            ByteReader in = new ByteReader(bytes);
            Object content = read(in, depth + 1);
            if (content == null || in.remaining() > 0) {
                throw in.unreadable("an element that is empty or has bytes behind it");
            }
            return content;
        }
    }
}
