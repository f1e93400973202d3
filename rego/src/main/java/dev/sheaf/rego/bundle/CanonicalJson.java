package dev.sheaf.rego.bundle;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.TreeMap;

/// JSON without blanks, fields in the order of their names, so that its digest does not depend on
/// how it was written. Numbers stay as they are written.
///
/// Source: what OPA hashes of structured documents of bundles.
final class CanonicalJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private CanonicalJson() {}

    /// @throws JacksonException when it is not one JSON value
    static String of(String json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            StringBuilder out = new StringBuilder(json.length());
            value(parser, parser.nextToken(), out);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the value");
            }
            return out.toString();
        }
    }

    private static void value(JsonParser parser, JsonToken token, StringBuilder out) {
        switch (token) {
            case START_OBJECT -> object(parser, out);
            case START_ARRAY -> array(parser, out);
            case VALUE_STRING -> string(parser.getString(), out);
            case null, default -> {
                if (token == null || !token.isScalarValue()) {
                    throw new IllegalArgumentException("no JSON value");
                }
                out.append(parser.getString());
            }
        }
    }

    private static void object(JsonParser parser, StringBuilder out) {
        Map<String, String> fields = new TreeMap<>(CanonicalJson::byCodePoints);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            StringBuilder value = new StringBuilder();
            value(parser, parser.nextToken(), value);
            fields.put(name, value.toString());
        }
        char before = '{';
        for (Map.Entry<String, String> field : fields.entrySet()) {
            out.append(before);
            string(field.getKey(), out);
            out.append(':').append(field.getValue());
            before = ',';
        }
        out.append(fields.isEmpty() ? "{}" : "}");
    }

    private static void array(JsonParser parser, StringBuilder out) {
        out.append('[');
        JsonToken token = parser.nextToken();
        boolean isFirst = true;
        while (token != JsonToken.END_ARRAY) {
            out.append(isFirst ? "" : ",");
            isFirst = false;
            value(parser, token, out);
            token = parser.nextToken();
        }
        out.append(']');
    }

    private static int byCodePoints(String left, String right) {
        int[] mine = left.codePoints().toArray();
        int[] theirs = right.codePoints().toArray();
        return java.util.Arrays.compare(mine, theirs);
    }

    /// As Go writes texts when it does not mind HTML.
    private static void string(String text, StringBuilder out) {
        out.append('"');
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> out.append("\\\"");
                        case '\\' -> out.append("\\\\");
                        case '\n' -> out.append("\\n");
                        case '\r' -> out.append("\\r");
                        case '\t' -> out.append("\\t");
                        case '\b' -> out.append("\\b");
                        case '\f' -> out.append("\\f");
                        case 0x2028, 0x2029 -> out.append(String.format("\\u%04x", c));
                        default -> {
                            if (c < 0x20) {
                                out.append(String.format("\\u%04x", c));
                            } else {
                                boolean isHalf =
                                        c >= Character.MIN_SURROGATE
                                                && c <= Character.MAX_SURROGATE;
                                out.appendCodePoint(isHalf ? 0xFFFD : c);
                            }
                        }
                    }
                });
        out.append('"');
    }
}
