package dev.sheaf.context.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.Optional;

/// A regular expression of ECMA-262, matched anywhere in a text in time linear in its length, by
/// RE2. What that cannot do (lookaround, backreferences) is refused, as is a pattern that counts
/// beyond 1,000. What both can write but read differently is rewritten: `.`, `\s`, `\v` and escapes
/// by number.
final class TextPattern {
    private static final int CHARACTERS_MAX = 1_000;
    private static final long WORK_MAX = 20_000_000;
    private static final String SPACES = "\\t\\n\\x0b\\f\\r \\x{a0}\\x{feff}\\pZ";

    private final String written;
    private final Pattern pattern;

    private TextPattern(String written, Pattern pattern) {
        this.written = written;
        this.pattern = pattern;
    }

    /// Thrown by [#compile(String)]; never leaves this package.
    static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Unsupported(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static TextPattern compile(String written) throws Unsupported {
        if (written.length() > CHARACTERS_MAX) {
            throw new Unsupported(
                    "has "
                            + written.length()
                            + " characters; "
                            + CHARACTERS_MAX
                            + " are allowed: split it over allOf");
        }
        try {
            return new TextPattern(written, Pattern.compile(new Rewriting(written).text()));
        } catch (PatternSyntaxException e) {
            throw new Unsupported(
                    "cannot be used: " + e.getDescription() + " at " + e.getPattern());
        }
    }

    /// How much there is of it once its counts are written out.
    int size() {
        return pattern.programSize();
    }

    boolean matches(String text) {
        if ((long) text.length() * size() > WORK_MAX) {
            throw new Run.Exhausted("is too long to be held against the pattern " + written);
        }
        return pattern.matcher(text).find();
    }

    String written() {
        return written;
    }

    /// From the notation of ECMA-262 to that of RE2.
    private static final class Rewriting {
        private final String written;
        private final StringBuilder text = new StringBuilder();
        private int at;
        private boolean inClass;

        Rewriting(String written) {
            this.written = written;
        }

        String text() throws Unsupported {
            while (at < written.length()) {
                char c = written.charAt(at);
                at++;
                switch (c) {
                    case '\\' -> escape();
                    case '[' -> open();
                    case ']' -> {
                        inClass = false;
                        text.append(c);
                    }
                    case '.' -> text.append(inClass ? "." : "[^\\n\\r\\x{2028}\\x{2029}]");
                    case '(' -> group();
                    default -> text.append(c);
                }
            }
            return text.toString();
        }

        private void open() throws Unsupported {
            if (inClass) {
                text.append("\\[");
            } else if (written.startsWith("]", at)) {
                throw new Unsupported("holds [], which nothing matches");
            } else if (written.startsWith("^]", at)) {
                at += 2;
                text.append("(?s:.)");
            } else {
                inClass = true;
                text.append('[');
            }
        }

        private void group() throws Unsupported {
            if (!inClass) {
                for (String look : new String[] {"?=", "?!", "?<=", "?<!"}) {
                    if (written.startsWith(look, at)) {
                        throw new Unsupported(
                                "looks ahead or behind with ("
                                        + look
                                        + ", which cannot be matched in bounded time; say it with"
                                        + " allOf and not");
                    }
                }
                if (written.startsWith("?<", at)) {
                    at += 2;
                    text.append("(?P<");
                    return;
                }
            }
            text.append('(');
        }

        private void escape() throws Unsupported {
            if (at == written.length()) {
                throw new Unsupported("ends in a lone \\");
            }
            char c = written.charAt(at);
            at++;
            switch (c) {
                case 'u' -> codePoint();
                case 'c' -> {
                    char letter = at < written.length() ? written.charAt(at) : ' ';
                    at++;
                    text.append(String.format("\\x%02x", letter % 32));
                }
                case 's' -> text.append(inClass ? SPACES : "[" + SPACES + "]");
                case 'S' -> {
                    if (inClass) {
                        throw new Unsupported("holds \\S in a class; list what is meant");
                    }
                    text.append("[^" + SPACES + "]");
                }
                case 'v' -> text.append("\\x0b");
                case '0' -> text.append("\\x00");
                case 'b' -> text.append(inClass ? "\\x08" : "\\b");
                case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                        throw new Unsupported(
                                "refers back with \\"
                                        + c
                                        + ", which cannot be matched in bounded time");
                case 'A', 'z', 'Q', 'E', 'C', 'a' ->
                        throw new Unsupported("holds \\" + c + ", which ECMA-262 does not know");
                default -> text.append('\\').append(c);
            }
        }

        private void codePoint() throws Unsupported {
            boolean braced = written.startsWith("{", at);
            int start = braced ? at + 1 : at;
            int end = braced ? written.indexOf('}', start) : at + 4;
            if (end < start || end > written.length()) {
                throw new Unsupported("ends within \\u");
            }
            int point = hex(start, end);
            at = braced ? end + 1 : end;
            boolean pair =
                    Character.isHighSurrogate((char) point)
                            && written.startsWith("\\u", at)
                            && at + 6 <= written.length();
            if (!braced && pair) {
                point = Character.toCodePoint((char) point, (char) hex(at + 2, at + 6));
                at += 6;
            }
            text.append(String.format("\\x{%x}", point));
        }

        private int hex(int start, int end) throws Unsupported {
            return hexOf(written.substring(start, end))
                    .orElseThrow(() -> new Unsupported("has no four hexadecimal digits after \\u"));
        }

        private static Optional<Integer> hexOf(String digits) {
            boolean valid =
                    !digits.isEmpty()
                            && digits.length() <= 6
                            && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
            return valid ? Optional.of(Integer.parseInt(digits, 16)) : Optional.empty();
        }
    }
}
