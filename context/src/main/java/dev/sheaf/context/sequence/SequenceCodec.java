package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A whole sequence as bytes: the runs in order, then moves, ends that are not known to all, and
/// what was forgotten. Format version 1:
///
/// * a dot is its actor's number in the table at the front, then the signed distance of its
///   sequence number from the last one of that actor;
/// * a run is a byte of flags, its dot, its length, those of left ancestor, right origin and key
///   that are not the usual, and its elements when it has any.
///
/// Actors are written under the numbers that the caller's mapping gives, so that bytes can go to
/// another node.
final class SequenceCodec {
    private static final int VERSION = 1;

    private static final int STANDING_MASK = 0b111;
    private static final int SLOT = 0b101;
    private static final int LEFT_IS_PREVIOUS = 1 << 3;
    private static final int RIGHT_SHIFT = 4;
    private static final int RIGHT_MASK = 0b11;
    private static final int RIGHT_IS_END = 0;
    private static final int RIGHT_IS_NEXT = 1;
    private static final int RIGHT_AS_BEFORE = 2;
    private static final int RIGHT_GIVEN = 3;
    private static final int LEFT_CHILD = 1 << 6;
    private static final int KEY_GIVEN = 1 << 7;
    private static final Standing[] STANDINGS = Standing.values();

    private SequenceCodec() {}

    /// Everything that makes up a sequence.
    record Parts(List<Span> spans, List<Slot> slots, Deaths deaths, VersionVector forgotten) {}

    static byte[] encode(Parts parts, ElementCodec elements, IntUnaryOperator actorOut) {
        ByteWriter whole = new ByteWriter();
        encode(whole, parts, elements, actorOut);
        return whole.toByteArray();
    }

    static void encode(
            ByteWriter whole, Parts parts, ElementCodec elements, IntUnaryOperator actorOut) {
        ByteWriter body = new ByteWriter();
        DotWriter dots = new DotWriter(body);
        List<Span> spans = parts.spans();
        body.varint(spans.size());
        Span before = null;
        for (int index = 0; index < spans.size(); index++) {
            Span span = spans.get(index);
            Span next = index + 1 < spans.size() ? spans.get(index + 1) : null;
            writeSpan(body, dots, span, before, next);
            if (span.content != null && !span.isSlot()) {
                elements.write(body, span.content, span.length);
            }
            before = span;
        }
        body.varint(parts.slots().size());
        for (Slot slot : parts.slots()) {
            dots.write(slot.dot());
            dots.write(slot.element());
            body.varint(slot.hlc());
        }
        parts.deaths().write(body, dots);
        writeVector(body, dots, parts.forgotten());
        whole.u8(VERSION);
        dots.writeTable(whole, actorOut);
        whole.varint(body.size());
        whole.raw(body);
    }

    private static void writeSpan(
            ByteWriter body,
            DotWriter dots,
            Span span,
            @Nullable Span before,
            @Nullable Span next) {
        boolean leftIsPrevious = span.left == (before == null ? 0 : before.last());
        int right = RIGHT_GIVEN;
        if (span.right == 0) {
            right = RIGHT_IS_END;
        } else if (next != null && span.right == next.id) {
            right = RIGHT_IS_NEXT;
        } else if (before != null && span.right == before.right) {
            right = RIGHT_AS_BEFORE;
        }
        boolean keyGiven = span.key != span.id;
        body.u8(
                (span.isSlot() ? SLOT : span.standing.ordinal())
                        | (leftIsPrevious ? LEFT_IS_PREVIOUS : 0)
                        | right << RIGHT_SHIFT
                        | (span.leftChild ? LEFT_CHILD : 0)
                        | (keyGiven ? KEY_GIVEN : 0));
        dots.write(span.id);
        body.varint(span.length);
        if (!leftIsPrevious) {
            dots.writeOrZero(span.left);
        }
        if (right == RIGHT_GIVEN) {
            dots.write(span.right);
        }
        if (keyGiven) {
            dots.write(span.key);
        }
    }

    private static void writeVector(ByteWriter body, DotWriter dots, VersionVector vector) {
        int count = 0;
        for (int actor = 0; actor < vector.width(); actor++) {
            count += vector.get(actor) > 0 ? 1 : 0;
        }
        body.varint(count);
        for (int actor = 0; actor < vector.width(); actor++) {
            if (vector.get(actor) > 0) {
                dots.write(Dot.of(actor, vector.get(actor)));
            }
        }
    }

    static Parts decode(byte[] bytes, ElementCodec elements, IntUnaryOperator actorIn) {
        ByteReader whole = new ByteReader(bytes);
        int version = whole.u8();
        if (version != VERSION) {
            throw whole.unreadable("its format is " + version + ", known is " + VERSION);
        }
        DotReader dots = DotReader.ofTable(whole, actorIn, ActorTable.ACTORS_MAX);
        ByteReader body = new ByteReader(whole.bytes());
        dots.from(body);
        List<Span> spans = readSpans(body, dots, elements);
        List<Slot> slots = new ArrayList<>();
        int slotCount = body.size(body.remaining());
        for (int index = 0; index < slotCount; index++) {
            slots.add(new Slot(dots.read(), dots.read(), body.varint()));
        }
        Deaths deaths = Deaths.read(body, dots);
        VersionVector forgotten = VersionVector.EMPTY;
        int actorCount = body.size(body.remaining());
        for (int index = 0; index < actorCount; index++) {
            long dot = dots.read();
            forgotten = forgotten.with(Dot.actor(dot), Dot.sequence(dot));
        }
        if (body.remaining() + whole.remaining() > 0) {
            throw body.unreadable("there are bytes behind its end");
        }
        return new Parts(spans, slots, deaths, forgotten);
    }

    private static List<Span> readSpans(ByteReader body, DotReader dots, ElementCodec elements) {
        int spanCount = body.size(body.remaining());
        List<Span> spans = new ArrayList<>(spanCount);
        boolean beforeAwaitsNext = false;
        long total = 0;
        for (int index = 0; index < spanCount; index++) {
            int flags = body.u8();
            Span before = spans.isEmpty() ? null : spans.getLast();
            Span span = readSpan(body, dots, flags, before, beforeAwaitsNext);
            total += span.length;
            if (total > Integer.MAX_VALUE) {
                throw body.unreadable("it has more than " + Integer.MAX_VALUE + " positions");
            }
            beforeAwaitsNext = (flags >> RIGHT_SHIFT & RIGHT_MASK) == RIGHT_IS_NEXT;
            boolean hasElements = (flags & STANDING_MASK) <= Standing.MOVED.ordinal();
            if (hasElements) {
                if (span.length > body.remaining()) {
                    throw body.unreadable("a run of " + span.length + " elements has fewer");
                }
                span.content = elements.read(body, span.length);
            }
            spans.add(span);
        }
        if (beforeAwaitsNext) {
            throw body.unreadable("the last run names one behind it");
        }
        return spans;
    }

    private static Span readSpan(
            ByteReader body,
            DotReader dots,
            int flags,
            @Nullable Span before,
            boolean beforeAwaitsThis) {
        int kind = flags & STANDING_MASK;
        if (kind > SLOT) {
            throw body.unreadable("a run of an unknown kind " + kind);
        }
        long id = dots.read();
        if (before != null && beforeAwaitsThis) {
            before.right = id;
        }
        int length = body.size(Integer.MAX_VALUE);
        Sequence.checkRun(id, length);
        Standing standing = kind == SLOT ? Standing.SHOWN : STANDINGS[kind];
        if (length > 1 && (kind == SLOT || standing == Standing.MOVED)) {
            throw body.unreadable("a run of moved elements");
        }
        Span span = new Span(id, length, standing, null);
        span.leftChild = (flags & LEFT_CHILD) != 0;
        if ((flags & LEFT_IS_PREVIOUS) != 0) {
            span.left = before == null ? 0 : before.last();
        } else {
            span.left = dots.readOrZero();
        }
        switch (flags >> RIGHT_SHIFT & RIGHT_MASK) {
            case RIGHT_GIVEN -> span.right = dots.read();
            case RIGHT_AS_BEFORE -> span.right = before == null ? 0 : before.right;
            default -> span.right = 0;
        }
        if ((flags & KEY_GIVEN) != 0) {
            span.key = dots.read();
        }
        return span;
    }
}
