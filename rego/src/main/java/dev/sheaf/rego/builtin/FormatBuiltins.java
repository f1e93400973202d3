package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Texts made of values.
final class FormatBuiltins {
    private static final List<Long> BASES = List.of(2L, 8L, 10L, 16L);

    private FormatBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "sprintf",
                        "string, array -> string",
                        (a, world) ->
                                StringValue.of(
                                        GoFormat.sprintf(
                                                Operands.text(a, 0), Operands.array(a, 1), world))),
                Builtin.of("format_int", "number, number -> string", FormatBuiltins::formatted),
                Builtin.of("internal.template_string", "array -> string", FormatBuiltins::joined));
    }

    /// The digits of the whole part.
    private static Value formatted(Value[] arguments, Surroundings world) {
        NumberValue number = Operands.number(arguments[0], 1);
        NumberValue base = Operands.number(arguments[1], 2);
        if (!base.isLong() || !BASES.contains(base.longValue())) {
            throw BuiltinFault.type("operand 2 must be one of {2, 8, 10, 16}");
        }
        BigInteger whole =
                number.isInteger()
                        ? BinaryFloat.integer(number)
                        : BinaryFloat.integer(
                                NumberValue.of(
                                        number.decimalValue().setScale(0, RoundingMode.DOWN)));
        world.work(1 + whole.bitLength() / Long.SIZE);
        return StringValue.of(whole.toString((int) base.longValue()));
    }

    /// Parts come as they are, or in sets: an empty set is a part that was undefined, a set of one
    /// holds its value. Texts stand for themselves, everything else is Rego text.
    private static Value joined(Value[] arguments, Surroundings world) {
        StringBuilder out = new StringBuilder();
        for (Value part : Operands.array(arguments, 0).items()) {
            int before = out.length();
            if (!(part instanceof SetValue set)) {
                append(out, part);
            } else if (set.size() == 0) {
                out.append("<undefined>");
            } else if (set.size() == 1) {
                append(out, set.get(0));
            } else {
                throw BuiltinFault.of("template-strings must not produce multiple outputs");
            }
            world.work(1 + (out.length() - before) / 64);
        }
        return StringValue.of(out.toString());
    }

    private static void append(StringBuilder out, Value part) {
        if (part instanceof StringValue string) {
            out.append(string.value());
        } else {
            part.write(out);
        }
    }
}
