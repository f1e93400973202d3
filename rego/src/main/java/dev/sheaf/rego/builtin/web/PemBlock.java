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

    /// More lines of headers than any block has.
    private static final int HEADERS_MAX = 32;

    /// The first well-formed one of a text; what is before it does not matter. Takes time linear in
    /// the text.
    ///
    /// @return null when there is none
    static @Nullable PemBlock find(String text) {
        int end = -1;
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int start = begin + BEGIN.length();
            boolean isAtLineStart = begin == 0 || text.charAt(begin - 1) == '\n';
            int lineEnd = text.indexOf('\n', start);
            if (lineEnd < 0) {
                return null;
            }
            if (end < lineEnd + 1) {
                end = endLine(text, lineEnd + 1);
            }
            if (end < 0) {
                return null;
            }
            PemBlock block = isAtLineStart ? read(text, start, lineEnd, end) : null;
            if (block != null) {
                return block;
            }
            begin = text.indexOf(BEGIN, start);
        }
        return null;
    }

    /// Where the next line is that ends a block; -1 when there is none.
    private static int endLine(String text, int from) {
        if (text.startsWith(END, from)) {
            return from;
        }
        int before = text.indexOf("\n" + END, from);
        return before < 0 ? -1 : before + 1;
    }

    /// @param start behind `-----BEGIN `
    /// @param lineEnd of the first line
    /// @param end where the last line is
    private static @Nullable PemBlock read(String text, int start, int lineEnd, int end) {
        String typeLine = text.substring(start, lineEnd).stripTrailing();
        int endLine = text.indexOf('\n', end);
        String closing =
                text.substring(end + END.length(), endLine < 0 ? text.length() : endLine)
                        .stripTrailing();
        if (!typeLine.endsWith(DASHES) || !closing.equals(typeLine)) {
            return null;
        }
        int body = Math.min(end, afterHeaders(text, lineEnd + 1));
        byte[] bytes = decode(text.substring(body, end));
        String type = typeLine.substring(0, typeLine.length() - DASHES.length());
        return bytes == null
                ? null
                : new PemBlock(type, bytes, endLine < 0 ? "" : text.substring(endLine + 1));
    }

    /// Lines `name: value` may come before the bytes.
    private static int afterHeaders(String text, int start) {
        int at = start;
        for (int i = 0; i < HEADERS_MAX; i++) {
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
        return at;
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
