package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Takes arguments out of their values, with the faults that OPA reports. What a [Builtin] declares
/// was checked before; the rest is checked here.
final class Operands {
    private Operands() {}

    static String text(Value[] arguments, int index) {
        return text(arguments[index], index + 1);
    }

    static String text(Value value, int position) {
        if (value instanceof StringValue string) {
            return string.value();
        }
        throw wrongType(position, "string", value);
    }

    static NumberValue number(Value value, int position) {
        if (value instanceof NumberValue number) {
            return number;
        }
        throw wrongType(position, "number", value);
    }

    /// A whole number of 64 bits.
    static long integer(Value[] arguments, int index) {
        NumberValue number = number(arguments[index], index + 1);
        if (!number.isLong()) {
            throw noInteger(index + 1);
        }
        return number.longValue();
    }

    /// [#integer], brought into the range of `int`: for places and lengths.
    static int place(Value[] arguments, int index) {
        return Math.clamp(integer(arguments, index), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// A whole number of any size that can be computed with.
    static BigInteger bigInteger(Value[] arguments, int index) {
        NumberValue number = number(arguments[index], index + 1);
        if (!number.isInteger()) {
            throw noInteger(index + 1);
        }
        return BinaryFloat.integer(number);
    }

    private static BuiltinFault noInteger(int position) {
        return BuiltinFault.type(
                "operand %d must be integer number but got floating-point number", position);
    }

    static BuiltinFault wrongType(int position, String expected, Value got) {
        return BuiltinFault.type(
                "operand %d must be %s but got %s", position, expected, got.typeName());
    }

    /// Something in an array or set is of the wrong type.
    static BuiltinFault wrongElement(int position, Value whole, Value got, String expected) {
        return BuiltinFault.type(
                "operand %d must be %s of %ss but got %s containing %s",
                position, whole.typeName(), expected, whole.typeName(), got.typeName());
    }

    static ArrayValue array(Value[] arguments, int index) {
        if (arguments[index] instanceof ArrayValue array) {
            return array;
        }
        throw wrongType(index + 1, "array", arguments[index]);
    }

    static ObjectValue object(Value[] arguments, int index) {
        if (arguments[index] instanceof ObjectValue object) {
            return object;
        }
        throw wrongType(index + 1, "object", arguments[index]);
    }

    static SetValue set(Value value, int position) {
        if (value instanceof SetValue set) {
            return set;
        }
        throw wrongType(position, "set", value);
    }

    /// The items of an array or a set, in order.
    static List<Value> items(Value[] arguments, int index) {
        if (arguments[index] instanceof ArrayValue array) {
            return array.items();
        }
        if (arguments[index] instanceof SetValue set) {
            return set.items();
        }
        throw wrongType(index + 1, "one of {set, array}", arguments[index]);
    }

    /// The texts in an array or a set.
    static List<String> texts(Value[] arguments, int index) {
        List<String> texts = new ArrayList<>();
        for (Value item : items(arguments, index)) {
            if (!(item instanceof StringValue string)) {
                throw wrongElement(index + 1, arguments[index], item, "string");
            }
            texts.add(string.value());
        }
        return texts;
    }

    static Value of(boolean value) {
        return BooleanValue.of(value);
    }

    static Value of(String text) {
        return StringValue.of(text);
    }

    static Value of(long number) {
        return NumberValue.of(number);
    }

    static ArrayValue ofTexts(List<String> texts) {
        return ArrayValue.of(texts.stream().map(StringValue::of).toList());
    }
}
