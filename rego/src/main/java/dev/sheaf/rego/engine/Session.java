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
    private final long endNanos;
    private final boolean isStrict;
    private final @Nullable Tracer tracer;
    private long steps;
    private long nextTimeCheck = TIME_CHECK_STEPS;
    private long values;
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
