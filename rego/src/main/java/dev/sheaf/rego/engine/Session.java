package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.syntax.Location;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/// One evaluation, whatever is replaced within it: its limits, and how errors are taken.
final class Session {
    private static final int TIME_CHECK_STEPS = 4_096;

    private final Limits limits;
    private final LongSupplier nanoTime;
    private long endNanos;
    private final boolean isStrict;
    private final @Nullable Tracer tracer;
    private long steps;
    private long nextTimeCheck = TIME_CHECK_STEPS;
    private long values;
    private boolean hasWoven;
    private @Nullable Surroundings surroundings;

    Session(Limits limits, LongSupplier nanoTime, boolean isStrict, @Nullable Tracer tracer) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.endNanos = nanoTime.getAsLong() + limits.timeMax().toNanos();
        this.isStrict = isStrict;
        this.tracer = tracer;
    }

    void in(Surroundings around) {
        this.surroundings = around;
    }

    Surroundings surroundings() {
        Surroundings around = surroundings;
        if (around == null) {
            throw new IllegalStateException("a session without surroundings");
        }
        return around;
    }

    /// Null when nobody wants to know.
    @Nullable Tracer tracer() {
        return tracer;
    }

    void step() {
        if (++steps >= nextTimeCheck) {
            check();
        }
    }

    void work(long count) {
        steps += count;
        if (steps >= nextTimeCheck) {
            check();
        }
    }

    private void check() {
        nextTimeCheck = steps + TIME_CHECK_STEPS;
        if (steps > limits.stepsMax()) {
            throw limit("more than " + limits.stepsMax() + " steps");
        }
        if (nanoTime.getAsLong() - endNanos > 0) {
            throw limit("more than " + limits.timeMax().toMillis() + " ms");
        }
    }

    /// True once.
    boolean mayWeave() {
        boolean may = !hasWoven;
        hasWoven = true;
        return may;
    }

    /// Does what is no part of the evaluation; its time does not count.
    void untimed(Runnable work) {
        long began = nanoTime.getAsLong();
        work.run();
        endNanos += nanoTime.getAsLong() - began;
    }

    /// A value is kept by a comprehension or a rule.
    void gather() {
        if (++values > limits.valuesMax()) {
            throw limit("more than " + limits.valuesMax() + " values gathered");
        }
    }

    private static EvaluationFault limit(String what) {
        return new EvaluationFault(
                EvaluationFault.LIMIT, "the evaluation was ended: " + what, Location.NONE);
    }

    /// What a failing built-in function means: nothing, or the end.
    void failed(BuiltinFault fault, Location at) {
        if (isStrict) {
            throw new EvaluationFault(fault.code(), String.valueOf(fault.getMessage()), at);
        }
    }
}
