package dev.sheaf.context.json;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/// Refuses text that UTF-8 cannot carry: halves of surrogate pairs, which JSON's escapes can spell
/// (`"\ud800"`) and Java can hold. Written out they would become other characters, so that who
/// wrote them would show something else than everybody who received them. Stateless.
public final class Unicode {
    private static final int ESCAPE_RADIX = 16;

    private Unicode() {}

    /// Whether the text is a sequence of whole characters.
    public static boolean isWhole(String text) {
        return loneSurrogate(text) < 0;
    }

    /// Whether all texts and members' names in the value are sequences of whole characters.
    public static boolean isWhole(JsonNode value) {
        if (value.isString()) {
            return isWhole(value.stringValue());
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!isWhole(member.getKey()) || !isWhole(member.getValue())) {
                return false;
            }
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (!isWhole(element)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// @param what the text is, for the message
    /// @throws Problem INVALID_VALUE when it is not whole
    public static void requireWhole(String text, String what) {
        int at = loneSurrogate(text);
        if (at >= 0) {
            throw problem(text.charAt(at), what, Map.of());
        }
    }

    /// @param pointer where the value stands
    /// @throws Problem INVALID_VALUE when a text or a member's name in it is not whole
    public static void requireWhole(JsonNode value, String pointer) {
        if (value.isString()) {
            requireWholeAt(value.stringValue(), pointer, "the text");
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                requireWhole(value.get(index), pointer + "/" + index);
            }
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                requireWholeName(member.getKey(), pointer);
                requireWhole(member.getValue(), JsonPointers.append(pointer, member.getKey()));
            }
        }
    }

    /// @param pointer of what the member is in
    /// @throws Problem INVALID_VALUE when the member's name is not whole
    public static void requireWholeName(String name, String pointer) {
        requireWholeAt(name, pointer, "a member's name");
    }

    private static void requireWholeAt(String text, String pointer, String what) {
        int at = loneSurrogate(text);
        if (at >= 0) {
            String shown = escaped(pointer);
            throw problem(text.charAt(at), what + " at '" + shown + "'", Map.of("pointer", shown));
        }
    }

    private static Problem problem(char half, String what, Map<String, Object> details) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                what
                        + " has half of a character in it ("
                        + escape(half)
                        + " without its other half), which UTF-8 cannot carry: send the whole"
                        + " character, or \\ufffd in its place",
                details,
                null);
    }

    private static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .forEach(point -> {
                    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                        shown.append(escape((char) point));
                    } else {
                        shown.appendCodePoint(point);
                    }
                });
        return shown.toString();
    }

    private static String escape(char half) {
        return "\\u" + Integer.toString(half, ESCAPE_RADIX);
    }
}
