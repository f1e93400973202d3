package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

/// A text of Unicode characters, ordered by their code points.
public final class StringValue implements Value {
    public static final StringValue EMPTY = new StringValue("");

    private final String value;

    private StringValue(String value) {
        this.value = value;
    }

    public static StringValue of(String value) {
        return value.isEmpty() ? EMPTY : new StringValue(value);
    }

    public String value() {
        return value;
    }

    @Override
    public String typeName() {
        return "string";
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public int compareWithin(Value other) {
        String that = ((StringValue) other).value;
        int length = Math.min(value.length(), that.length());
        for (int i = 0; i < length; i++) {
            char mine = value.charAt(i);
            char theirs = that.charAt(i);
            if (mine != theirs) {
                // Surrogates stand for code points above all others.
                boolean isMineHigh = Character.isSurrogate(mine);
                return isMineHigh == Character.isSurrogate(theirs)
                        ? Character.compare(mine, theirs)
                        : isMineHigh ? 1 : -1;
            }
        }
        return Integer.compare(value.length(), that.length());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || other instanceof StringValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public void write(StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(value.length() + 2);
        write(out);
        return out.toString();
    }
}
