package dev.sheaf.context.document;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Step;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.sequence.ValueCodec;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Writes the content of places.
final class ContentWriter {
    static final int NOTHING = 0;
    static final int VALUE = 1;
    static final int REGISTER = 2;
    static final int SIBLINGS = 3;
    static final int MAP = 4;
    static final int LIST = 5;
    static final int TEXT = 6;
    static final int SET = 7;
    static final int COUNTER = 8;
    static final int MIXED = 9;

    private final IntUnaryOperator actorNumber;
    private final long hlcBase;
    private final ValueWriter values = new ValueWriter();

    /// @param hlcBase clock readings are written as their distance from it
    ContentWriter(IntUnaryOperator actorNumber, long hlcBase) {
        this.actorNumber = actorNumber;
        this.hlcBase = hlcBase;
    }

    ValueWriter values() {
        return values;
    }

    void dot(ByteWriter out, long dot) {
        if (dot == Dot.STABLE) {
            out.u8(0);
        } else {
            out.varint(1L + actorNumber.applyAsInt(Dot.actor(dot)));
            out.varint(Dot.sequence(dot));
        }
    }

    void dots(ByteWriter out, long[] dots) {
        out.varint(dots.length);
        for (long dot : dots) {
            dot(out, dot);
        }
    }

    private void hlc(ByteWriter out, long hlc) {
        out.svarint(hlcBase - hlc);
    }

    void write(ByteWriter out, @Nullable Object content) {
        switch (content) {
            case null -> out.u8(NOTHING);
            case Register register -> {
                out.u8(REGISTER);
                register(out, register);
            }
            case Siblings siblings -> {
                out.u8(SIBLINGS);
                out.varint(siblings.registers.size());
                siblings.registers.forEach(register -> register(out, register));
            }
            case MapNode map -> map(out, map);
            case ListNode list -> {
                out.u8(LIST);
                dots(out, list.presenceDots());
                int elements = out.open();
                list.elements().encode(out, new Elements(), actorNumber);
                out.close(elements);
            }
            case TextNode text -> {
                out.u8(TEXT);
                dots(out, text.presenceDots());
                out.bytes(text.points().encode(actorNumber));
            }
            case SetNode set -> set(out, set);
            case CounterNode counter -> counter(out, counter);
            case Mixed mixed -> {
                List<Object> parts = mixed.parts();
                out.u8(MIXED);
                out.varint(parts.size());
                parts.forEach(part -> write(out, part));
            }
            case Object value -> {
                out.u8(VALUE);
                values.write(out, (JsonNode) value);
            }
        }
    }

    private void register(ByteWriter out, Register register) {
        dot(out, register.dot);
        hlc(out, register.hlc);
        values.write(out, register.value);
    }

    private void map(ByteWriter out, MapNode map) {
        out.u8(MAP);
        dots(out, map.presenceDots());
        int count = 0;
        for (int slot = 0; slot < map.used(); slot++) {
            count += map.raw(slot) == null ? 0 : 1;
        }
        out.varint(count);
        for (int slot = 0; slot < map.used(); slot++) {
            if (map.raw(slot) != null) {
                out.varint(values.key(map.key(slot)));
                write(out, map.get(slot));
            }
        }
    }

    private void set(ByteWriter out, SetNode set) {
        out.u8(SET);
        dots(out, set.presenceDots());
        out.varint(set.members().size());
        for (Map.Entry<JsonValues.Key, long[]> member : set.members().entrySet()) {
            values.write(out, member.getKey().value());
            dots(out, member.getValue());
        }
    }

    private void counter(ByteWriter out, CounterNode counter) {
        out.u8(COUNTER);
        BigDecimal base = counter.base();
        out.u8(base == null ? 0 : 1);
        if (base != null) {
            ValueWriter.writeDecimal(out, base);
        }
        out.varint(counter.live());
        for (int index = 0; index < counter.live(); index++) {
            dot(out, counter.dot(index));
            out.u8(counter.isAssigned(index) ? 1 : 0);
            ValueWriter.writeDecimal(out, counter.amount(index));
        }
    }

    void path(ByteWriter out, List<Step> path) {
        out.varint(path.size());
        for (Step step : path) {
            switch (step) {
                case Step.Key key -> {
                    out.u8(0);
                    out.varint(values.key(key.name()));
                }
                case Step.Element element -> {
                    out.u8(1);
                    dot(out, element.dot());
                }
            }
        }
    }

    void removal(ByteWriter out, Removals.Removal removal) {
        path(out, removal.path());
        dot(out, removal.dot());
        hlc(out, removal.hlc());
    }

    private final class Elements implements ValueCodec<Object> {
        @Override
        public void encode(ByteWriter out, Object content) {
            write(out, content);
        }

        @Override
        public Object decode(byte[] bytes) {
            throw new UnsupportedOperationException("a writer does not read");
        }
    }
}
