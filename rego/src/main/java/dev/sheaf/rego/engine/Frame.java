package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// The variables of one rule while it is evaluated, and what it has come to.
final class Frame {
    private static final @Nullable Value[] NO_SLOTS = new Value[0];
    private static final Object[] NO_COLLECTORS = new Object[0];

    final @Nullable Value[] slots;
    final Object[] collectors;
    final Session session;
    Context context;

    /// Of a rule that has one value.
    @Nullable Value result;

    Frame(int slots, int collectors, Context context) {
        this.slots = slots == 0 ? NO_SLOTS : new Value[slots];
        this.collectors = collectors == 0 ? NO_COLLECTORS : new Object[collectors];
        this.session = context.session();
        this.context = context;
    }

    /// For terms that need nothing.
    static Frame empty() {
        Session session = new Session(Limits.DEFAULT, () -> 0, false, null);
        return new Frame(0, 0, new Context(session, null, ObjectValue.EMPTY, null, Map.of(), 0));
    }

    /// A bound slot.
    Value slot(int index) {
        Value value = slots[index];
        if (value == null) {
            throw new IllegalStateException("slot " + index + " is read before it is bound");
        }
        return value;
    }
}
