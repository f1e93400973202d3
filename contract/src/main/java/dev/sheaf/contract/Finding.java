package dev.sheaf.contract;

import dev.sheaf.contract.document.Position;

/// Something to say about a document.
///
/// @param pointer JSON pointer (RFC 6901) to the value it is about, empty for the whole document
/// @param keyword which rule speaks: a keyword of JSON Schema (`required`, `enum`), or one of
///   Sheaf's own, which are listed in docs/contracts.md
/// @param message what is wrong, with the value, what is allowed, and the way out
public record Finding(
        Severity severity, Position at, String pointer, String keyword, String message) {
    /// The keyword of what is meant to protect data and would not. Who puts a contract in force
    /// refuses it.
    public static final String PROTECTION = "sheaf.protection";

    private static final int SHOWN_CHARACTERS_MAX = 80;

    /// Only errors make a document invalid.
    public enum Severity {
        ERROR,
        WARNING
    }

    /// A value as it may stand in a message: control characters escaped, cut to a bearable length.
    public static String shown(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints()
                .limit(SHOWN_CHARACTERS_MAX)
                .forEach(point -> {
                    if (Character.isISOControl(point)) {
                        text.append(String.format("\\u%04x", point));
                    } else {
                        text.appendCodePoint(point);
                    }
                });
        boolean cut = value.codePointCount(0, value.length()) > SHOWN_CHARACTERS_MAX;
        return cut ? text.append('…').toString() : text.toString();
    }

    @Override
    public String toString() {
        return at
                + ": "
                + severity.name().toLowerCase(java.util.Locale.ROOT)
                + ": "
                + message
                + " ["
                + keyword
                + (pointer.isEmpty() ? "]" : " at " + pointer + "]");
    }
}
