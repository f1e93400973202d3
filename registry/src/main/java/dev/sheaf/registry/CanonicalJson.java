package dev.sheaf.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/// The one way to write a manifest down, which is what is signed: RFC 8785, without numbers that
/// are no whole ones. Members are sorted by their UTF-16 code units, there is no white space, and
/// only what JSON demands is escaped.
public final class CanonicalJson {
    /// What every reader of JSON takes as a whole number without loss (RFC 8785, 3.2.2.3).
    private static final long WHOLE_MAX = (1L << 53) - 1;

    private static final int DEPTH_MAX = 100;

    private CanonicalJson() {}

    /// @throws Problem INVALID_VALUE for a number with a fraction or beyond 2^53, half a character,
    ///   or what is nested too deeply
    public static byte[] bytes(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out, 0);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, StringBuilder out, int depth) {
        if (depth > DEPTH_MAX) {
            throw wrong("is nested more than " + DEPTH_MAX + " levels deep");
        }
        switch (node.getNodeType()) {
            case OBJECT -> members(node, out, depth);
            case ARRAY -> {
                out.append('[');
                Iterator<JsonNode> items = node.iterator();
                while (items.hasNext()) {
                    write(items.next(), out, depth + 1);
                    out.append(items.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case STRING -> text(node.stringValue(), out);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case NUMBER -> out.append(whole(node));
            case BINARY, MISSING, POJO -> throw wrong("has what JSON has not");
        }
    }

    private static void members(JsonNode node, StringBuilder out, int depth) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        out.append('{');
        Iterator<Map.Entry<String, JsonNode>> members = sorted.entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            text(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out, depth + 1);
            out.append(members.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private static long whole(JsonNode node) {
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || Math.abs(node.longValue()) > WHOLE_MAX) {
            throw wrong("has the number " + node + ", which is not whole or too large");
        }
        return node.longValue();
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw wrong("has half a character");
                }
                out.append(c).append(text.charAt(++i));
            } else {
                escaped(c, out);
            }
        }
        out.append('"');
    }

    private static void escaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static Problem wrong(String what) {
        return new Problem(ProblemCode.INVALID_VALUE, "a manifest " + what);
    }
}
