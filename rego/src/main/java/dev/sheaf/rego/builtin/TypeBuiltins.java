package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Of which type a value is, and values made into other types.
final class TypeBuiltins {
    private static final List<String> NAMES =
            List.of("null", "boolean", "number", "string", "array", "object", "set");

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern HEXADECIMAL =
            Pattern.compile(
                    "[-+]?0[xX](?:[0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][-+]?[0-9]+");

    private TypeBuiltins() {}

    static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(Builtin.of("is_" + name, "any -> boolean", (a, world) -> isOf(name, a[0])));
        }
        for (String name : List.of("null", "boolean", "string", "object")) {
            all.add(Builtin.of("cast_" + name, name + " -> " + name, (a, world) -> a[0]));
        }
        all.add(
                Builtin.of(
                        "cast_array",
                        "array|set -> array",
                        (a, world) -> ArrayValue.of(counted(a, world))));
        all.add(
                Builtin.of(
                        "cast_set",
                        "array|set -> set",
                        (a, world) -> SetValue.of(counted(a, world))));
        all.add(
                Builtin.of(
                        "type_name",
                        "any -> string",
                        (a, world) -> StringValue.of(a[0].typeName())));
        all.add(
                Builtin.of(
                        "to_number",
                        "null|boolean|number|string -> number",
                        (a, world) -> toNumber(a[0])));
        return all;
    }

    private static List<Value> counted(Value[] arguments, Surroundings world) {
        List<Value> items = Operands.items(arguments, 0);
        world.work(items.size());
        return items;
    }

    private static Value isOf(String name, Value value) {
        return BooleanValue.of(value.typeName().equals(name));
    }

    private static Value toNumber(Value value) {
        if (value instanceof NumberValue) {
            return value;
        }
        if (value instanceof StringValue string) {
            return parsed(string.value());
        }
        return NumberValue.of(value == BooleanValue.TRUE ? 1 : 0);
    }

    private static NumberValue parsed(String text) {
        String lower = text.replaceFirst("^[-+]+", "").toLowerCase(Locale.ROOT);
        if (List.of("inf", "infinity", "nan").contains(lower)) {
            throw BuiltinFault.type("operand 1 must be valid number string but got string");
        }
        BigDecimal number = decimal(text);
        if (number == null) {
            throw BuiltinFault.of(
                    "strconv.ParseFloat: parsing %s: invalid syntax", GoQuotedText.of(text));
        }
        if (Double.isInfinite(Double.parseDouble(text))) {
            throw BuiltinFault.of(
                    "strconv.ParseFloat: parsing %s: value out of range", GoQuotedText.of(text));
        }
        return NumberValue.of(number);
    }

    private static @Nullable BigDecimal decimal(String text) {
        if (HEXADECIMAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? BigDecimal.ZERO : new BigDecimal(value);
        }
        return decimalOrNull(text);
    }

    /// Null when it is no decimal number, or its exponent has too many digits.
    static @Nullable BigDecimal decimalOrNull(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
