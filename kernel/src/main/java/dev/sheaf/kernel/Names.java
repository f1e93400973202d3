package dev.sheaf.kernel;

import java.util.regex.Pattern;

/// The common form of names that appear in paths, URLs and SQL.
final class Names {
    private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final int SHOWN_CHARACTERS_MAX = 80;

    private Names() {}

    static void check(String what, String value) {
        if (!FORM.matcher(value).matches()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    what
                            + " '"
                            + shown(value)
                            + "' is not allowed: use 1 to 63 lower-case letters, digits and"
                            + " hyphens, beginning with a letter and not ending with a hyphen");
        }
    }

    /// The value as it may stand in a message: control characters escaped, cut to a bearable
    /// length.
    static String shown(String value) {
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
        return value.codePointCount(0, value.length()) > SHOWN_CHARACTERS_MAX
                ? text.append('…').toString()
                : text.toString();
    }
}
