package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

/// What a template computes with. Numbers that were given are texts of digits, as OPA hands them to
/// Go; only those that the template itself writes are numbers.
sealed interface TemplateValue {
    /// From the variables, or a text or truth that was computed.
    record Given(Value value) implements TemplateValue {}

    record Whole(long value) implements TemplateValue {}

    record Real(double value) implements TemplateValue {}

    /// What a key without an entry stands for.
    record Missing() implements TemplateValue {}

    TemplateValue NONE = new Missing();

    static TemplateValue of(String text) {
        return new Given(StringValue.of(text));
    }

    static TemplateValue of(boolean value) {
        return new Given(BooleanValue.of(value));
    }

    default boolean isNil() {
        return switch (this) {
            case Missing none -> true;
            case Given given -> given.value instanceof NullValue;
            case Whole whole -> false;
            case Real real -> false;
        };
    }

    /// Not empty, not zero, not false.
    default boolean isTrue() {
        return switch (this) {
            case Missing none -> false;
            case Whole whole -> whole.value != 0;
            case Real real -> real.value != 0;
            case Given given ->
                    switch (given.value) {
                        case NullValue none -> false;
                        case BooleanValue bool -> bool.value();
                        case StringValue text -> !text.value().isEmpty();
                        case NumberValue number -> true;
                        case ArrayValue array -> array.size() > 0;
                        case SetValue set -> set.size() > 0;
                        case ObjectValue object -> object.size() > 0;
                    };
        };
    }

    /// Go's name of the type.
    default String typeName() {
        return switch (this) {
            case Missing none -> "<nil>";
            case Whole whole -> "int";
            case Real real -> "float64";
            case Given given ->
                    switch (given.value) {
                        case NullValue none -> "<nil>";
                        case BooleanValue bool -> "bool";
                        case StringValue text -> "string";
                        case NumberValue number -> "json.Number";
                        case ArrayValue array -> "[]interface {}";
                        case SetValue set -> "[]interface {}";
                        case ObjectValue object -> "map[string]interface {}";
                    };
        };
    }

    /// A text, or a given number.
    default boolean isText() {
        return this instanceof Given given
                && (given.value instanceof StringValue || given.value instanceof NumberValue);
    }

    /// As Go prints it by default.
    default String text() {
        StringBuilder out = new StringBuilder();
        switch (this) {
            case Missing none -> out.append("<nil>");
            case Whole whole -> out.append(whole.value);
            case Real real -> out.append(GoFloat.shortest(real.value));
            case Given given -> write(given.value, out);
        }
        return out.toString();
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case NullValue none -> out.append("<nil>");
            case BooleanValue bool -> out.append(bool.value());
            case NumberValue number -> out.append(number);
            case StringValue text -> out.append(text.value());
            case ArrayValue array -> write(array.items(), out);
            case SetValue set -> write(set.items(), out);
            case ObjectValue object -> {
                out.append("map[");
                for (int i = 0; i < object.size(); i++) {
                    if (i > 0) {
                        out.append(' ');
                    }
                    write(object.key(i), out);
                    out.append(':');
                    write(object.value(i), out);
                }
                out.append(']');
            }
        }
    }

    private static void write(Iterable<Value> items, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Value item : items) {
            out.append(separator);
            write(item, out);
            separator = " ";
        }
        out.append(']');
    }
}
