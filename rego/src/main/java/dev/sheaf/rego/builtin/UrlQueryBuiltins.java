package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Query strings of URLs, as Go's package `net/url` writes and reads them.
final class UrlQueryBuiltins {
    private static final String UNRESERVED = "-_.~";

    private UrlQueryBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "urlquery.encode",
                        "string -> string",
                        (a, world) -> StringValue.of(encoded(counted(a, world)))),
                Builtin.of(
                        "urlquery.decode",
                        "string -> string",
                        (a, world) -> StringValue.of(decoded(counted(a, world)))),
                Builtin.of(
                        "urlquery.encode_object",
                        "object -> string",
                        UrlQueryBuiltins::objectEncoded),
                Builtin.of(
                        "urlquery.decode_object",
                        "string -> object",
                        (a, world) -> objectDecoded(counted(a, world))));
    }

    private static String counted(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        world.work(StringBuiltins.steps(text));
        return text;
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        HexFormat upper = HexFormat.of().withUpperCase();
        for (byte b : Utf8.bytes(text)) {
            boolean isPlain =
                    b >= 'a' && b <= 'z'
                            || b >= 'A' && b <= 'Z'
                            || b >= '0' && b <= '9'
                            || UNRESERVED.indexOf(b) >= 0;
            if (isPlain) {
                out.append((char) b);
            } else if (b == ' ') {
                out.append('+');
            } else {
                out.append('%').append(upper.toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static String decoded(String text) {
        byte[] source = Utf8.bytes(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                boolean isEscape =
                        i + 2 < source.length
                                && HexFormat.isHexDigit(source[i + 1])
                                && HexFormat.isHexDigit(source[i + 2]);
                if (!isEscape) {
                    byte[] rest = Arrays.copyOfRange(source, i, Math.min(i + 3, source.length));
                    throw BuiltinFault.of(
                            "invalid URL escape %s", GoQuotedText.of(Utf8.text(rest)));
                }
                out.write(
                        HexFormat.fromHexDigit(source[i + 1]) << 4
                                | HexFormat.fromHexDigit(source[i + 2]));
                i += 2;
            } else {
                out.write(source[i] == '+' ? ' ' : source[i]);
            }
        }
        return Utf8.text(out.toByteArray());
    }

    /// By the names, and by the order of the values of one name.
    private static Value objectEncoded(Value[] arguments, Surroundings world) {
        Map<Value, List<String>> fields = new TreeMap<>();
        ObjectValue object = Operands.object(arguments, 0);
        object.forEach(
                (key, value) -> fields.put(StringValue.of(JsonValues.keyText(key)), values(value)));
        List<String> pairs = new ArrayList<>();
        fields.forEach((key, values) -> {
            String name = encoded(Operands.text(key, 1));
            world.work(1L + values.size());
            values.forEach(value -> pairs.add(name + "=" + encoded(value)));
        });
        return StringValue.of(String.join("&", pairs));
    }

    private static List<String> values(Value value) {
        if (value instanceof StringValue string) {
            return List.of(string.value());
        }
        List<Value> items =
                value instanceof ArrayValue array
                        ? array.items()
                        : value instanceof SetValue set ? set.items() : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Value item : items) {
            if (!(item instanceof StringValue string)) {
                throw BuiltinFault.type(
                        "operand 1 values must be string, array[string], or set[string]");
            }
            texts.add(string.value());
        }
        return texts;
    }

    private static Value objectDecoded(String query) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (query.indexOf(';') >= 0) {
            throw BuiltinFault.of("invalid semicolon separator in query");
        }
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        ObjectValue.Builder object = new ObjectValue.Builder(fields.size());
        fields.forEach((name, values) -> object.put(name, Operands.ofTexts(values)));
        return object.build();
    }
}
