package dev.sheaf.cli.query;

import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.kernel.Problem;

/// Shows where in a statement a problem lies, when the node says so (`position` among the problem's
/// details: an offset from 0 in characters).
public final class SqlCaret {
    private static final int SHOWN_BEFORE = 60;
    private static final int SHOWN_AFTER = 40;

    private SqlCaret() {}

    /// The same problem, with the line and a caret below the place in its message if that is known.
    public static Problem mark(String sql, Problem problem) {
        if (!(problem.details().get("line") instanceof Number line)
                || !(problem.details().get("column") instanceof Number column)) {
            return problem;
        }
        int at = offset(sql, line.intValue(), column.intValue());
        if (at < 0) {
            return problem;
        }
        return new Problem(
                problem.code(),
                problem.message() + "\n" + picture(sql, at),
                problem.details(),
                problem);
    }

    /// Negative when the statement has no such place.
    private static int offset(String sql, int line, int column) {
        int start = 0;
        for (int skipped = 1; skipped < line; skipped++) {
            int end = sql.indexOf('\n', start);
            if (end < 0) {
                return -1;
            }
            start = end + 1;
        }
        int at = start + column - 1;
        return column < 1 || at > sql.length() ? -1 : at;
    }

    static String picture(String sql, int at) {
        int lineStart = sql.lastIndexOf('\n', at - 1) + 1;
        int newline = sql.indexOf('\n', at);
        int lineEnd = newline < 0 ? sql.length() : newline;
        int from = Math.max(lineStart, at - SHOWN_BEFORE);
        int to = Math.min(lineEnd, at + SHOWN_AFTER);
        long lineNumber = sql.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
        String label = "line " + lineNumber + ": " + (from > lineStart ? "…" : "");
        String before = Glyphs.harmless(sql.substring(from, at));
        String after = Glyphs.harmless(sql.substring(at, to));
        return label
                + before
                + after
                + (to < lineEnd ? "…" : "")
                + "\n"
                + " ".repeat(Glyphs.columns(label) + Glyphs.columns(before))
                + "^";
    }
}
