package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectField;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// What woven code calls.
final class Woven {
    private Woven() {}

    static boolean same(Value left, Value right) {
        return left.equals(right);
    }

    static @Nullable Value select(Value from, Value key) {
        return Documents.select(from, key);
    }

    static @Nullable Value field(Value from, ObjectField field, Value key) {
        return from instanceof ObjectValue object ? field.of(object) : Documents.select(from, key);
    }

    static @Nullable Value member(Value wanted, Value whole, Getters.Invoke general, Frame frame) {
        if (whole instanceof SetValue set) {
            frame.session.step();
            return BooleanValue.of(set.has(wanted));
        }
        return general.call(new Value[] {wanted, whole}, frame);
    }

    /// How many pairs a collection has; none, if it is none.
    static int size(Value collection) {
        if (collection instanceof SetValue set) {
            return set.size();
        } else if (collection instanceof ArrayValue array) {
            return array.size();
        }
        return collection instanceof ObjectValue object ? object.size() : 0;
    }

    static Value key(Value collection, int place) {
        if (collection instanceof SetValue set) {
            return set.get(place);
        }
        return collection instanceof ObjectValue object ? object.key(place) : NumberValue.of(place);
    }

    static Value item(Value collection, int place) {
        if (collection instanceof SetValue set) {
            return set.get(place);
        } else if (collection instanceof ArrayValue array) {
            return array.get(place);
        }
        return ((ObjectValue) collection).value(place);
    }
}
