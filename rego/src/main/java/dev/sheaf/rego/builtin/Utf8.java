package dev.sheaf.rego.builtin;

import java.nio.charset.StandardCharsets;

/// Texts as UTF-8. Bytes that are no UTF-8 become U+FFFD one by one, as Go reads them.
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = length(bytes, at);
            if (length == 0) {
                out.append(REPLACEMENT);
                at++;
            } else {
                out.appendCodePoint(decoded(bytes, at, length));
                at += length;
            }
        }
        return out.toString();
    }

    private static int decoded(byte[] bytes, int at, int length) {
        if (length == 1) {
            return bytes[at];
        }
        int codePoint = bytes[at] & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | bytes[at + i] & 0x3f;
        }
        return codePoint;
    }

    /// Of the character that starts here, or 0 when none does.
    private static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        if (length > 2) {
            int codePoint = decoded(bytes, at, length);
            boolean isShortest = codePoint >= (length == 3 ? 0x800 : 0x10000);
            boolean isCharacter =
                    codePoint <= Character.MAX_CODE_POINT
                            && (codePoint < Character.MIN_SURROGATE
                                    || codePoint > Character.MAX_SURROGATE);
            return isShortest && isCharacter ? length : 0;
        }
        return length;
    }

    /// Halves of characters become U+FFFD.
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                                ? REPLACEMENT
                                : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
