package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/// One value for many, and whether a value is in a collection.
final class AggregateBuiltins {
    private static final String COLLECTION = "set|array -> ";

    private AggregateBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "count",
                        "array|object|set|string -> number",
                        (a, world) -> Operands.of(count(a[0]))),
                Builtin.of("sum", COLLECTION + "number", (a, world) -> sum(a, world)),
                Builtin.of("product", COLLECTION + "number", (a, world) -> product(a, world)),
                Builtin.of("max", COLLECTION + "any", (a, world) -> best(a, 1, world)),
                Builtin.of("min", COLLECTION + "any", (a, world) -> best(a, -1, world)),
                Builtin.of("sort", COLLECTION + "array", AggregateBuiltins::sorted),
                Builtin.of(
                        "all",
                        "array|set -> boolean",
                        (a, world) ->
                                Operands.of(
                                        counted(a, world).stream()
                                                .allMatch(item -> item == BooleanValue.TRUE))),
                Builtin.of(
                        "any",
                        "array|set -> boolean",
                        (a, world) -> Operands.of(counted(a, world).contains(BooleanValue.TRUE))),
                Builtin.of(
                        "internal.member_2",
                        "any, any -> boolean",
                        (a, world) -> Operands.of(isMember(a[0], a[1], world))),
                Builtin.of(
                        "internal.member_3",
                        "any, any, any -> boolean",
                        (a, world) -> Operands.of(isEntry(a[0], a[1], a[2]))));
    }

    private static List<Value> counted(Value[] arguments, Surroundings world) {
        List<Value> items = Operands.items(arguments, 0);
        world.work(items.size());
        return items;
    }

    private static long count(Value value) {
        if (value instanceof StringValue string) {
            return string.value().codePointCount(0, string.value().length());
        }
        return size(value);
    }

    private static int size(Value value) {
        if (value instanceof ArrayValue array) {
            return array.size();
        }
        if (value instanceof ObjectValue object) {
            return object.size();
        }
        return Operands.set(value, 1).size();
    }

    private static NumberValue sum(Value[] arguments, Surroundings world) {
        return folded(
                arguments,
                NumberValue.of(0),
                (left, right) -> ArithmeticBuiltins.plus(left, right, world),
                BinaryFloat::plus,
                world);
    }

    private static NumberValue product(Value[] arguments, Surroundings world) {
        return folded(
                arguments,
                NumberValue.of(1),
                (left, right) -> ArithmeticBuiltins.times(left, right, world),
                BinaryFloat::times,
                world);
    }

    /// Exactly when all are whole; otherwise in binary, without shortening in between.
    private static NumberValue folded(
            Value[] arguments,
            NumberValue start,
            BiFunction<NumberValue, NumberValue, NumberValue> exactly,
            BiFunction<BinaryFloat, BinaryFloat, BinaryFloat> inBinary,
            Surroundings world) {
        List<NumberValue> numbers = new ArrayList<>();
        boolean isWhole = true;
        for (Value item : counted(arguments, world)) {
            if (!(item instanceof NumberValue number)) {
                throw Operands.wrongElement(1, arguments[0], item, "number");
            }
            isWhole &= number.isInteger();
            numbers.add(number);
        }
        if (isWhole) {
            NumberValue result = start;
            for (NumberValue number : numbers) {
                result = exactly.apply(result, number);
            }
            return result;
        }
        BinaryFloat result = BinaryFloat.of(start);
        for (NumberValue number : numbers) {
            result = inBinary.apply(result, BinaryFloat.of(number));
        }
        return result.toNumber();
    }

    /// Nothing for an empty collection.
    private static @Nullable Value best(Value[] arguments, int sign, Surroundings world) {
        Value best = null;
        for (Value item : counted(arguments, world)) {
            if (best == null || item.compareTo(best) * sign > 0) {
                best = item;
            }
        }
        return best;
    }

    private static Value sorted(Value[] arguments, Surroundings world) {
        List<Value> items = new ArrayList<>(counted(arguments, world));
        Collections.sort(items);
        return ArrayValue.of(items);
    }

    private static boolean isMember(Value wanted, Value whole, Surroundings world) {
        if (whole instanceof SetValue set) {
            return set.has(wanted);
        }
        if (whole instanceof ArrayValue array) {
            world.work(array.size());
            return array.items().contains(wanted);
        }
        if (whole instanceof ObjectValue object) {
            world.work(object.size());
            for (int i = 0; i < object.size(); i++) {
                if (object.value(i).equals(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isEntry(Value key, Value wanted, Value whole) {
        if (whole instanceof SetValue set) {
            return set.has(key) && key.equals(wanted);
        }
        if (whole instanceof ArrayValue array) {
            return wanted.equals(array.find(key));
        }
        return whole instanceof ObjectValue object && wanted.equals(object.get(key));
    }
}
