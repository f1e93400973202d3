package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.lang.classfile.Label;
import java.util.List;

/// Patterns.
final class Matchers {
    private Matchers() {}

    /// An unbound variable takes the value.
    static final class Bind extends Matcher {
        private final int slot;

        Bind(int slot) {
            this.slot = slot;
        }

        @Override
        boolean match(Frame frame, Value value) {
            frame.slots[slot] = value;
            return true;
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.bind(slot);
        }
    }

    static final class Any extends Matcher {
        @Override
        boolean match(Frame frame, Value value) {
            return true;
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.code().pop();
        }
    }

    static final class Equal extends Matcher {
        private final Getter wanted;

        Equal(Getter wanted) {
            this.wanted = wanted;
        }

        @Override
        boolean match(Frame frame, Value value) {
            Value other = wanted.get(frame);
            return other != null && other.equals(value);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.equality(weaving.stored(), wanted, fail);
        }
    }

    static final class Items extends Matcher {
        private final Matcher[] items;

        Items(List<Matcher> items) {
            this.items = items.toArray(new Matcher[0]);
        }

        @Override
        boolean match(Frame frame, Value value) {
            if (!(value instanceof ArrayValue array) || array.size() != items.length) {
                return false;
            }
            for (int i = 0; i < items.length; i++) {
                if (!items[i].match(frame, array.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    static final class Fields extends Matcher {
        private final Getter[] keys;
        private final Matcher[] values;

        Fields(List<Getter> keys, List<Matcher> values) {
            this.keys = keys.toArray(new Getter[0]);
            this.values = values.toArray(new Matcher[0]);
        }

        @Override
        boolean match(Frame frame, Value value) {
            if (!(value instanceof ObjectValue object) || object.size() != keys.length) {
                return false;
            }
            for (int i = 0; i < keys.length; i++) {
                Value key = keys[i].get(frame);
                Value field = key == null ? null : object.get(key);
                if (field == null || !values[i].match(frame, field)) {
                    return false;
                }
            }
            return true;
        }
    }
}
