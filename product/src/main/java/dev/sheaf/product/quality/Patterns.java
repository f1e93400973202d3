package dev.sheaf.product.quality;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// Regular expressions from ECMA-262 (JSON Schema's `pattern`) to RE2, which DuckDB has. What RE2
/// cannot do (looking around, back references) is refused, never dropped.
public final class Patterns {
    private static final String ANY = "[^\\n\\r\\x{2028}\\x{2029}]";

    private final String pattern;
    private final StringBuilder result = new StringBuilder();
    private int at;

    private Patterns(String pattern) {
        this.pattern = pattern;
    }

    /// @throws Problem INVALID_CONTRACT when there is no equivalent
    public static String re2(String ecma) {
        return new Patterns(ecma).translate();
    }

    private String translate() {
        while (at < pattern.length()) {
            char current = pattern.charAt(at);
            switch (current) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '.' -> {
                    result.append(ANY);
                    at++;
                }
                case '$' -> {
                    result.append("\\z");
                    at++;
                }
                default -> {
                    result.append(current);
                    at++;
                }
            }
        }
        check();
        return result.toString();
    }

    /// The JDK knows everything that RE2 knows, so what it refuses is wrong in both.
    private void check() {
        try {
            java.util.regex.Pattern.compile(result.toString().replace("(?P<", "(?<"));
        } catch (java.util.regex.PatternSyntaxException e) {
            throw refused(e.getDescription());
        }
    }

    private void group() {
        if (pattern.startsWith("(?=", at)
                || pattern.startsWith("(?!", at)
                || pattern.startsWith("(?<=", at)
                || pattern.startsWith("(?<!", at)) {
            throw refused("it looks ahead or behind");
        }
        if (pattern.startsWith("(?<", at)) {
            result.append("(?P<");
            at += 3;
        } else if (pattern.startsWith("(?:", at)) {
            result.append("(?:");
            at += 3;
        } else {
            result.append('(');
            at++;
        }
    }

    private void characterClass() {
        if (pattern.startsWith("[^]", at)) {
            result.append("(?s:.)");
            at += 3;
            return;
        }
        if (pattern.startsWith("[]", at)) {
            throw refused("[] never matches");
        }
        result.append('[');
        at++;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char current = pattern.charAt(at);
            if (current == '\\') {
                escape(true);
            } else if (current == '[') {
                result.append("\\[");
                at++;
            } else {
                result.append(current);
                at++;
            }
        }
        if (at >= pattern.length()) {
            throw refused("a [ is not closed");
        }
        result.append(']');
        at++;
    }

    private void escape(boolean inClass) {
        if (at + 1 >= pattern.length()) {
            throw refused("it ends with a backslash");
        }
        char next = pattern.charAt(at + 1);
        switch (next) {
            case 'u' -> unicode();
            case 'x' -> {
                result.append("\\x").append(hex(at + 2, 2));
                at += 4;
            }
            case 'c' -> {
                result.append(String.format("\\x%02x", pattern.charAt(at + 2) % 32));
                at += 3;
            }
            case '0' -> {
                result.append("\\x00");
                at += 2;
            }
            case '1', '2', '3', '4', '5', '6', '7', '8', '9', 'k' ->
                    throw refused("it refers back to a group");
            case 'b' -> {
                result.append(inClass ? "\\x08" : "\\b");
                at += 2;
            }
            case 's' -> space(inClass, false);
            case 'S' -> space(inClass, true);
            case 'd', 'D', 'w', 'W', 'B', 'n', 'r', 't', 'f', 'v', 'p', 'P' -> {
                result.append('\\').append(next);
                at += 2;
            }
            default -> {
                if (Character.isLetterOrDigit(next)) {
                    throw refused("\\" + next + " has no meaning");
                }
                result.append(
                                java.util.regex.Pattern.matches("[\\x21-\\x7e]", "" + next)
                                        ? "\\"
                                        : "")
                        .append(next);
                at += 2;
            }
        }
    }

    /// ECMA's white space is Unicode's, RE2's is ASCII's.
    private void space(boolean inClass, boolean negated) {
        String members = "\\s\\x0b\\x{a0}\\x{feff}\\x{2028}\\x{2029}\\p{Zs}";
        if (!inClass) {
            result.append(negated ? "[^" : "[").append(members).append(']');
        } else if (!negated) {
            result.append(members);
        } else {
            throw refused("\\S inside [] has no equivalent");
        }
        at += 2;
    }

    private void unicode() {
        if (at + 2 < pattern.length() && pattern.charAt(at + 2) == '{') {
            int close = pattern.indexOf('}', at);
            if (close < 0) {
                throw refused("\\u{ is not closed");
            }
            result.append("\\x{").append(pattern, at + 3, close).append('}');
            at = close + 1;
        } else {
            result.append("\\x{").append(hex(at + 2, 4)).append('}');
            at += 6;
        }
    }

    private String hex(int from, int digits) {
        if (from + digits > pattern.length()
                || !pattern.substring(from, from + digits).matches("[0-9A-Fa-f]+")) {
            throw refused("an escape lacks its hexadecimal digits");
        }
        return pattern.substring(from, from + digits);
    }

    private Problem refused(String why) {
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                "the pattern '"
                        + pattern
                        + "' cannot be evaluated: "
                        + why
                        + "; write it without, or as a quality rule in SQL");
    }
}
