package dev.sheaf.rego.builtin;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/// Calls functions by name with Java's texts, numbers and booleans or with values.
final class BuiltinCalls {
    static final long NOW_NANOS = 1_500_000_000_123_456_789L;
    private static final long WORK_MAX = 5_000_000;

    private BuiltinCalls() {}

    /// The limit of work was reached.
    static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static Surroundings surroundings(StringBuilder notes) {
        long[] done = new long[1];
        return new FixedSurroundings(
                new FixedSurroundings.World(
                        new Random(7),
                        new Expressions(),
                        Optional.empty(),
                        Optional.empty(),
                        ObjectValue.EMPTY,
                        notes::append),
                NOW_NANOS,
                steps -> {
                    done[0] += steps;
                    if (done[0] > WORK_MAX) {
                        throw new TooMuchWork();
                    }
                });
    }

    static @Nullable Value callOrUndefined(String name, Object... arguments) {
        Value[] values = Arrays.stream(arguments).map(BuiltinCalls::value).toArray(Value[]::new);
        Builtin builtin = Builtins.find(name).orElseThrow();
        return builtin.call(values, surroundings(new StringBuilder()));
    }

    static Value call(String name, Object... arguments) {
        return Objects.requireNonNull(callOrUndefined(name, arguments), name + " is undefined");
    }

    /// The result as Rego text.
    static String text(String name, Object... arguments) {
        return call(name, arguments).toString();
    }

    static String fault(String name, Object... arguments) {
        BuiltinFault fault =
                assertThrows(BuiltinFault.class, () -> callOrUndefined(name, arguments));
        return fault.code() + ": " + fault.getMessage();
    }

    static Value json(String text) {
        return JsonValues.parse(text);
    }

    static SetValue set(Object... members) {
        return SetValue.of(Arrays.stream(members).map(BuiltinCalls::value).toList());
    }

    private static Value value(Object argument) {
        return switch (argument) {
            case Value value -> value;
            case String text -> StringValue.of(text);
            case Integer number -> NumberValue.of(number);
            case Long number -> NumberValue.of(number);
            case Boolean choice -> BooleanValue.of(choice);
            default -> throw new IllegalArgumentException("no value: " + argument);
        };
    }
}
