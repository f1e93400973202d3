package dev.sheaf.contract.draft;

import java.util.regex.Pattern;

/// Writes block YAML with comments, quoting what could be read as something else.
final class YamlWriter {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./()-]+)*");
    private static final Pattern RESERVED =
            Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");
    private static final int COMMENT_COLUMN = 100;

    private final StringBuilder text = new StringBuilder();

    /// A line of comment.
    void remark(int indent, String remark) {
        text.append(" ".repeat(indent)).append("# ").append(safe(remark)).append('\n');
    }

    void line(int indent, String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
    }

    /// A line with its evidence behind it, or above it when it would become too long.
    void line(int indent, String line, String evidence) {
        if (indent + line.length() + evidence.length() > COMMENT_COLUMN) {
            remark(indent, evidence);
            line(indent, line);
        } else {
            line(indent, line + " # " + safe(evidence));
        }
    }

    static String quoted(String value) {
        if (PLAIN.matcher(value).matches()
                && !RESERVED.matcher(value).matches()
                && !value.endsWith(":")) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints()
                .forEach(point -> {
                    switch (point) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\t' -> quoted.append("\\t");
                        default -> {
                            if (isSafe(point)) {
                                quoted.appendCodePoint(point);
                            } else {
                                quoted.append(
                                        point > 0xFFFF
                                                ? String.format("\\U%08X", point)
                                                : String.format("\\u%04X", point));
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }

    private static boolean isSafe(int point) {
        return !Character.isISOControl(point)
                && point != 0x2028
                && point != 0x2029
                && point != 0xFEFF
                && point != 0xFFFE
                && point != 0xFFFF
                && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /// Values in comments must not end the comment.
    private static String safe(String remark) {
        StringBuilder line = new StringBuilder();
        remark.codePoints()
                .forEach(point -> line.appendCodePoint(isSafe(point) ? point : '\uFFFD'));
        return line.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
