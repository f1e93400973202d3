package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Writes YAML in block style, laid out as Go's package `yaml.v2` does it: keys in a natural order,
/// sequences in mappings not indented, quotes only where needed.
final class YamlWriting {
    private static final int INDENT = 2;

    /// Longer keys are marked with a question mark.
    private static final int KEY_BYTES_MAX = 128;

    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final StringBuilder out = new StringBuilder();
    private final Surroundings world;

    private YamlWriting(Surroundings world) {
        this.world = world;
    }

    static String write(Value value, Surroundings world) {
        YamlWriting writing = new YamlWriting(world);
        writing.node(value, 0, false);
        return writing.out.toString();
    }

    private record Field(String key, Value value) {}

    private static List<Field> fields(ObjectValue object) {
        List<Field> fields = new ArrayList<>();
        object.forEach((key, value) -> fields.add(new Field(JsonValues.keyText(key), value)));
        fields.sort((left, right) -> NaturalOrder.compare(left.key, right.key));
        return fields;
    }

    /// Writes what stands behind a dash, a colon or at the start, with the end of its last line.
    ///
    /// @param isInline whether a block may start on this line
    private void node(Value value, int indent, boolean isInline) {
        int before = out.length();
        List<Value> items =
                value instanceof ArrayValue array
                        ? array.items()
                        : value instanceof SetValue set ? set.items() : List.of();
        if (!items.isEmpty()) {
            sequence(items, indent, isInline);
        } else if (value instanceof ObjectValue object && object.size() > 0) {
            mapping(fields(object), indent, isInline);
        } else {
            out.append(scalar(value, indent == 0 ? INDENT : indent)).append('\n');
        }
        world.work(1 + (out.length() - before) / 64);
    }

    private void sequence(List<Value> items, int indent, boolean isInline) {
        boolean isOnLine = isInline;
        for (Value item : items) {
            if (!isOnLine) {
                out.repeat(' ', indent);
            }
            isOnLine = false;
            out.append("- ");
            node(item, indent + INDENT, true);
        }
    }

    private void mapping(List<Field> fields, int indent, boolean isInline) {
        boolean isOnLine = isInline;
        for (Field field : fields) {
            if (!isOnLine) {
                out.repeat(' ', indent);
            }
            isOnLine = false;
            if (isSimple(field.key)) {
                out.append(YamlText.key(field.key)).append(':');
            } else {
                out.append("? ");
                out.append(YamlText.value(field.key, indent + INDENT, column())).append('\n');
                out.repeat(' ', indent).append(':');
            }
            behindColon(field, indent);
        }
    }

    private static boolean isSimple(String key) {
        return key.chars().noneMatch(YamlText::isBreak) && Utf8.bytes(key).length <= KEY_BYTES_MAX;
    }

    private void behindColon(Field field, int indent) {
        Value value = field.value;
        boolean isSequence =
                value instanceof ArrayValue array && array.size() > 0
                        || value instanceof SetValue set && set.size() > 0;
        boolean isMapping = value instanceof ObjectValue object && object.size() > 0;
        if (!isSimple(field.key) && (isSequence || isMapping)) {
            out.append(' ');
            node(value, indent + INDENT, true);
        } else if (isSequence || isMapping) {
            out.append('\n');
            node(value, isSequence ? indent : indent + INDENT, false);
        } else {
            out.append(' ');
            node(value, indent + INDENT, true);
        }
    }

    private int column() {
        return out.codePointCount(out.lastIndexOf("\n") + 1, out.length());
    }

    private String scalar(Value value, int indent) {
        return switch (value) {
            case NullValue none -> "null";
            case BooleanValue choice -> choice.toString();
            case NumberValue number -> number(number);
            case StringValue string -> YamlText.value(string.value(), indent, column());
            case ArrayValue array -> "[]";
            case SetValue set -> "[]";
            case ObjectValue object -> "{}";
        };
    }

    /// What is no integer of 64 bits is written as the `double` next to it.
    static String number(NumberValue number) {
        boolean isPlain =
                number.isLong()
                        || number.isInteger()
                                && number.decimalValue().signum() > 0
                                && BinaryFloat.integer(number).compareTo(UNSIGNED_END) < 0;
        if (isPlain) {
            return BinaryFloat.integer(number).toString();
        }
        double value = number.doubleValue();
        return Double.isInfinite(value) ? number.toString() : GoFloatText.general(value, -1, 'e');
    }
}
