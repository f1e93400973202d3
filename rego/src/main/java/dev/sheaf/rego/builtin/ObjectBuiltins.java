package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Objects from objects, and what is in them.
final class ObjectBuiltins {
    private static final String BY_KEYS = "object, object|set|array -> object";

    private ObjectBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("object.get", "object, any, any -> any", ObjectBuiltins::found),
                Builtin.of("object.keys", "object -> set", ObjectBuiltins::keys),
                Builtin.of("object.remove", BY_KEYS, (a, world) -> selected(a, false, world)),
                Builtin.of("object.filter", BY_KEYS, (a, world) -> selected(a, true, world)),
                Builtin.of("object.union", "object, object -> object", ObjectBuiltins::union),
                Builtin.of("object.union_n", "array -> object", ObjectBuiltins::unionOfAll),
                Builtin.of(
                        "object.subset",
                        "object|set|array, object|set|array -> boolean",
                        (a, world) -> Operands.of(Subset.holds(a[0], a[1], world))));
    }

    /// An array is a path through objects, arrays and sets; any other value is a key.
    private static Value found(Value[] arguments, Surroundings world) {
        Value found = arguments[0];
        if (!(arguments[1] instanceof ArrayValue path)) {
            found = Operands.object(arguments, 0).get(arguments[1]);
            return found == null ? arguments[2] : found;
        }
        world.work(1L + path.size());
        for (Value key : path.items()) {
            found = child(found, key);
            if (found == null) {
                return arguments[2];
            }
        }
        return found;
    }

    /// What a key names in a collection; null when there is none.
    static @Nullable Value child(Value whole, Value key) {
        if (whole instanceof ObjectValue object) {
            return object.get(key);
        }
        if (whole instanceof ArrayValue array) {
            return array.find(key);
        }
        return whole instanceof SetValue set && set.has(key) ? key : null;
    }

    private static Value keys(Value[] arguments, Surroundings world) {
        ObjectValue object = Operands.object(arguments, 0);
        world.work(object.size());
        SetValue.Builder keys = new SetValue.Builder(object.size());
        object.forEach((key, value) -> keys.add(key));
        return keys.build();
    }

    private static Value selected(Value[] arguments, boolean isKept, Surroundings world) {
        ObjectValue object = Operands.object(arguments, 0);
        SetValue.Builder named = new SetValue.Builder();
        if (arguments[1] instanceof ObjectValue names) {
            names.forEach((key, value) -> named.add(key));
        } else {
            Operands.items(arguments, 1).forEach(named::add);
        }
        world.work(1L + object.size() + named.size());
        ObjectValue.Builder result = new ObjectValue.Builder();
        object.forEach((key, value) -> {
            if (named.has(key) == isKept) {
                result.put(key, value);
            }
        });
        return result.build();
    }

    private static Value union(Value[] arguments, Surroundings world) {
        return merged(Operands.object(arguments, 0), Operands.object(arguments, 1), world);
    }

    /// Objects under the same key are merged; otherwise the right side wins.
    private static ObjectValue merged(ObjectValue left, ObjectValue right, Surroundings world) {
        world.work(1L + left.size() + right.size());
        ObjectValue.Builder result =
                new ObjectValue.Builder(left.size() + right.size()).putAll(left);
        right.forEach((key, value) ->
                result.put(
                        key,
                        left.get(key) instanceof ObjectValue before
                                        && value instanceof ObjectValue after
                                ? merged(before, after, world)
                                : value));
        return result.build();
    }

    private static Value unionOfAll(Value[] arguments, Surroundings world) {
        ObjectValue result = ObjectValue.EMPTY;
        for (Value item : Operands.array(arguments, 0).items()) {
            if (!(item instanceof ObjectValue object)) {
                throw Operands.wrongElement(1, arguments[0], item, "object");
            }
            result = merged(result, object, world);
        }
        return result;
    }

    /// Whether everything in one collection is in the other.
    private static final class Subset {
        private Subset() {}

        static boolean holds(Value whole, Value part, Surroundings world) {
            if (whole instanceof ArrayValue items && part instanceof SetValue members) {
                return hasAll(items.items(), members, world);
            }
            if (whole.rank() != part.rank()) {
                throw BuiltinFault.type(
                        "both arguments object.subset must be of the same type or array and set");
            }
            return isPart(whole, part, world);
        }

        /// Values under the keys of objects are compared as parts, members and items are not.
        private static boolean isPart(Value whole, Value part, Surroundings world) {
            if (whole instanceof ObjectValue more && part instanceof ObjectValue less) {
                world.work(1L + less.size());
                for (int i = 0; i < less.size(); i++) {
                    Value other = more.get(less.key(i));
                    if (other == null || !isPart(other, less.value(i), world)) {
                        return false;
                    }
                }
                return true;
            }
            if (whole instanceof SetValue more && part instanceof SetValue less) {
                world.work(1L + less.size());
                return less.items().stream().allMatch(more::has);
            }
            if (whole instanceof ArrayValue more && part instanceof ArrayValue less) {
                return isStretch(more.items(), less.items(), world);
            }
            return whole.equals(part);
        }

        private static boolean isStretch(List<Value> whole, List<Value> part, Surroundings world) {
            for (int start = 0; start + part.size() <= whole.size(); start++) {
                int length = 0;
                while (length < part.size() && whole.get(start + length).equals(part.get(length))) {
                    length++;
                }
                world.work(1L + length);
                if (length == part.size()) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hasAll(List<Value> items, SetValue members, Surroundings world) {
            world.work(1L + items.size());
            SetValue.Builder found = new SetValue.Builder();
            for (Value item : items) {
                if (members.has(item)) {
                    found.add(item);
                }
            }
            return found.size() == members.size();
        }
    }
}
