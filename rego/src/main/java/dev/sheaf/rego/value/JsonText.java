package dev.sheaf.rego.value;

/// Writes values as compact JSON, escaped as Go's encoder does it: `<`, `>` and `&` too.
final class JsonText {
    private JsonText() {}

    static void write(Value value, StringBuilder out) {
        switch (value) {
            case NullValue none -> out.append("null");
            case BooleanValue bool -> out.append(bool.value());
            case NumberValue number -> out.append(number);
            case StringValue string -> string(string.value(), out);
            case ArrayValue array -> items(array.items(), out);
            case SetValue set -> items(set.items(), out);
            case ObjectValue object -> {
                out.append('{');
                for (int i = 0; i < object.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    string(JsonValues.keyText(object.key(i)), out);
                    out.append(':');
                    write(object.value(i), out);
                }
                out.append('}');
            }
        }
    }

    private static void items(Iterable<Value> items, StringBuilder out) {
        out.append('[');
        boolean isFirst = true;
        for (Value item : items) {
            if (!isFirst) {
                out.append(',');
            }
            isFirst = false;
            write(item, out);
        }
        out.append(']');
    }

    static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    boolean isEscaped =
                            c < 0x20
                                    || c == '<'
                                    || c == '>'
                                    || c == '&'
                                    || c == 0x2028
                                    || c == 0x2029;
                    if (isEscaped) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
