package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;

/// Calls functions by their names. Arguments that are no values are JSON, results too; texts are
/// written with [#text].
final class Calls {
    final FixedSurroundings surroundings = new FixedSurroundings();

    static Value text(String text) {
        return StringValue.of(text);
    }

    private static Value value(Object argument) {
        return argument instanceof Value value ? value : JsonValues.parse((String) argument);
    }

    Value value(String name, Object... arguments) {
        Builtin builtin =
                WebBuiltins.all().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new NoSuchElementException(name));
        Value[] values = Arrays.stream(arguments).map(Calls::value).toArray(Value[]::new);
        return Objects.requireNonNull(builtin.call(values, surroundings));
    }

    String json(String name, Object... arguments) {
        return JsonValues.text(value(name, arguments));
    }

    /// The fault's message, without the function's name.
    String fault(String name, Object... arguments) {
        BuiltinFault fault = assertThrows(BuiltinFault.class, () -> value(name, arguments));
        return Objects.requireNonNull(fault.getMessage()).substring(name.length() + 2);
    }
}
