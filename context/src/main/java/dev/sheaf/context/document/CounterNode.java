package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/// A counter: the sum of what is stable, and each live increment with its dot. The top bit of a
/// live dot says that an Assign put it there, which matters only for telling conflicts.
final class CounterNode extends Node {
    private static final long ASSIGNED = Long.MIN_VALUE;
    private static final int LIVE_FIRST = 2;
    private static final long[] NO_DOTS = {};
    private static final BigDecimal[] NO_AMOUNTS = {};

    private @Nullable BigDecimal base;
    private long[] dots = NO_DOTS;
    private BigDecimal[] amounts = NO_AMOUNTS;
    private int live;
    private @Nullable BigDecimal sum;

    CounterNode() {}

    CounterNode(@Nullable BigDecimal base) {
        this.base = base;
    }

    private CounterNode(CounterNode from) {
        base = from.base;
        dots = from.dots.clone();
        amounts = from.amounts.clone();
        live = from.live;
        sum = from.sum;
    }

    /// Several increments of one event are one.
    void add(long dot, BigDecimal amount, boolean assigned) {
        long marked = assigned ? dot | ASSIGNED : dot;
        BigDecimal before = sum();
        for (int index = live - 1; index >= 0 && dot(index) == dot; index--) {
            dots[index] |= marked;
            amounts[index] = amounts[index].add(amount);
            sum = before.add(amount);
            return;
        }
        if (live == dots.length) {
            int length = Math.max(LIVE_FIRST, live + (live >> 1));
            dots = Arrays.copyOf(dots, length);
            amounts = Arrays.copyOf(amounts, length);
        }
        dots[live] = marked;
        amounts[live] = amount;
        live++;
        sum = before.add(amount);
    }

    @Nullable BigDecimal base() {
        return base;
    }

    void setBase(@Nullable BigDecimal stable) {
        base = stable;
        sum = null;
    }

    int live() {
        return live;
    }

    long dot(int index) {
        return dots[index] & ~ASSIGNED;
    }

    boolean isAssigned(int index) {
        return dots[index] < 0;
    }

    BigDecimal amount(int index) {
        return amounts[index];
    }

    BigDecimal sum() {
        BigDecimal known = sum;
        if (known == null) {
            known = base == null ? BigDecimal.ZERO : base;
            for (int index = 0; index < live; index++) {
                known = known.add(amounts[index]);
            }
            sum = known;
        }
        return known;
    }

    /// An Assign's amount that the writer had not seen: its index, or -1.
    int unseenAssign(Merge merge) {
        for (int index = 0; index < live; index++) {
            if (isAssigned(index) && !merge.saw(dot(index))) {
                return index;
            }
        }
        return -1;
    }

    @Override
    @Nullable Object clear(Merge merge) {
        base = null;
        keep(index -> !merge.saw(dot(index)));
        return live == 0 ? null : this;
    }

    /// Drops the live increments that are not to be kept.
    void keep(IntPredicate kept) {
        int left = 0;
        for (int index = 0; index < live; index++) {
            if (kept.test(index)) {
                dots[left] = dots[index];
                amounts[left] = amounts[index];
                left++;
            }
        }
        Arrays.fill(amounts, left, live, BigDecimal.ZERO);
        live = left;
        sum = null;
    }

    @Override
    boolean exists() {
        return base != null || live > 0;
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        return exists() ? number(sum()) : null;
    }

    /// A number as JSON, whole ones without a fraction.
    static JsonNode number(BigDecimal number) {
        if (number.scale() == 0 && number.precision() <= 18) {
            long value = number.longValue();
            return value == (int) value
                    ? JsonNodeFactory.instance.numberNode((int) value)
                    : JsonNodeFactory.instance.numberNode(value);
        }
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 && plain.scale() > -18
                ? JsonNodeFactory.instance.numberNode(plain.toBigInteger())
                : JsonNodeFactory.instance.numberNode(plain);
    }

    @Override
    long digest() {
        return Digest.tagged(Digest.COUNTER, Digest.number(sum()));
    }

    @Override
    Object strip(Cuts cuts) {
        BigDecimal stable = base;
        for (int index = 0; index < live; index++) {
            if (cuts.covers(dot(index))) {
                stable = stable == null ? amounts[index] : stable.add(amounts[index]);
            }
        }
        base = stable;
        keep(index -> !cuts.covers(dot(index)));
        if (live == 0) {
            dots = NO_DOTS;
            amounts = NO_AMOUNTS;
        }
        return this;
    }

    @Override
    long unseen(Merge merge) {
        for (int index = 0; index < live; index++) {
            if (!merge.saw(dot(index))) {
                return dot(index);
            }
        }
        return Container.NONE;
    }

    @Override
    boolean hasDot(long dot) {
        for (int index = 0; index < live; index++) {
            if (dot(index) == dot) {
                return true;
            }
        }
        return false;
    }

    @Override
    void eachDot(LongConsumer sink) {
        for (int index = 0; index < live; index++) {
            sink.accept(dot(index));
        }
    }

    @Override
    long weightBytes() {
        return 4L * OBJECT_BYTES + metadataBytes() + (long) amounts.length * 2 * OBJECT_BYTES;
    }

    @Override
    long metadataBytes() {
        return (long) dots.length * STAMP_BYTES;
    }

    @Override
    Node copy() {
        return new CounterNode(this);
    }
}
