package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.Map;
import java.util.TreeMap;

/// The one text of a JSON value, so that everybody who hashes it gets the same hash: no white
/// space, members in the order of their names' UTF-16 units, nothing escaped that need not be.
///
/// What it cannot say exactly is refused rather than changed: half characters, numbers that are no
/// doubles, keys that are no strings. A set is written as an array in its order.
///
/// Source: RFC 8785.
public final class CanonicalJson {
    private static final int DEPTH_MAX = 64;
    private static final int FIRST_PRINTABLE = 0x20;

    private CanonicalJson() {}

    /// @throws Problem INVALID_VALUE when the value has no canonical text
    public static String text(Value value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    static void write(Value value, StringBuilder out) {
        write(value, out, DEPTH_MAX);
    }

    private static void write(Value value, StringBuilder out, int depthLeft) {
        if (depthLeft == 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the value is nested more than " + DEPTH_MAX + " levels deep: flatten it");
        }
        switch (value) {
            case NullValue none -> out.append("null");
            case BooleanValue bool -> out.append(bool.value());
            case NumberValue number -> out.append(CanonicalNumber.text(number));
            case StringValue string -> string(string.value(), out);
            case ArrayValue array -> items(array.items(), out, depthLeft);
            case SetValue set -> items(set.items(), out, depthLeft);
            case ObjectValue object -> members(object, out, depthLeft);
        }
    }

    private static void items(Iterable<Value> items, StringBuilder out, int depthLeft) {
        char before = '[';
        for (Value item : items) {
            out.append(before);
            write(item, out, depthLeft - 1);
            before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
    }

    private static void members(ObjectValue object, StringBuilder out, int depthLeft) {
        Map<String, Value> sorted = new TreeMap<>();
        object.forEach((key, item) -> {
            if (!(key instanceof StringValue name)) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "a key is a "
                                + key.typeName()
                                + "; canonical JSON has strings as keys only");
            }
            sorted.put(name.value(), item);
        });
        char before = '{';
        for (Map.Entry<String, Value> member : sorted.entrySet()) {
            out.append(before);
            string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out, depthLeft - 1);
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else if (!Character.isSurrogate(c)) {
                        out.append(c);
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        throw new Problem(
                                ProblemCode.INVALID_VALUE,
                                "a text has half a character at "
                                        + i
                                        + " (a surrogate without its other half)");
                    }
                }
            }
        }
        out.append('"');
    }
}
