package dev.sheaf.rego.builtin.web;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Bytes in an envelope of text (RFC 1421, as RFC 7468 narrows it).
///
/// @param type `CERTIFICATE`
/// @param rest the text behind it
record PemBlock(String type, byte[] bytes, String rest) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// The first well-formed one of a text; what is before it does not matter.
    ///
    /// @return null when there is none
    static @Nullable PemBlock find(String text) {
        int from = 0;
        while (true) {
            int begin = text.indexOf(BEGIN, from);
            if (begin < 0) {
                return null;
            }
            from = begin + BEGIN.length();
            boolean isAtLineStart = begin == 0 || text.charAt(begin - 1) == '\n';
            PemBlock block = isAtLineStart ? read(text, from) : null;
            if (block != null) {
                return block;
            }
        }
    }

    /// @param start behind `-----BEGIN `
    private static @Nullable PemBlock read(String text, int start) {
        int lineEnd = text.indexOf('\n', start);
        if (lineEnd < 0) {
            return null;
        }
        String typeLine = text.substring(start, lineEnd).stripTrailing();
        if (!typeLine.endsWith(DASHES)) {
            return null;
        }
        String type = typeLine.substring(0, typeLine.length() - DASHES.length());
        int body = afterHeaders(text, lineEnd + 1);
        int end = text.startsWith(END, body) ? body : text.indexOf("\n" + END, body - 1) + 1;
        if (end < body || end == 0) {
            return null;
        }
        int endLine = text.indexOf('\n', end);
        String closing =
                text.substring(end + END.length(), endLine < 0 ? text.length() : endLine)
                        .stripTrailing();
        if (!closing.equals(type + DASHES)) {
            return null;
        }
        byte[] bytes = decode(text.substring(body, end));
        return bytes == null
                ? null
                : new PemBlock(type, bytes, endLine < 0 ? "" : text.substring(endLine + 1));
    }

    /// Lines `name: value` may come before the bytes.
    private static int afterHeaders(String text, int start) {
        int at = start;
        while (true) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0) {
                return at;
            }
            String line = text.substring(at, lineEnd);
            if (line.indexOf(':') < 0 && !(at > start && line.isBlank())) {
                return at;
            }
            at = lineEnd + 1;
        }
    }

    private static byte @Nullable [] decode(String body) {
        StringBuilder digits = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                digits.append(c);
            }
        }
        if (digits.length() % 4 != 0) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(digits.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
