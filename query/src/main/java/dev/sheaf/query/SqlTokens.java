package dev.sheaf.query;

import java.util.ArrayList;
import java.util.List;

/// Cuts SQL into tokens, without white space and comments.
///
/// It decides nothing about safety: what it understands wrongly, DuckDB's own parser sees
/// afterwards in full. It only must not take quoted text for words.
final class SqlTokens {
    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<SqlToken> of(String sql) {
        SqlTokens cutter = new SqlTokens(sql);
        while (cutter.at < sql.length()) {
            cutter.step();
        }
        return cutter.tokens;
    }

    private void step() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'') {
            boolean escapes = at > 0 && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
            add(SqlToken.Kind.STRING, quoted('\'', escapes));
        } else if (c == '"') {
            add(SqlToken.Kind.QUOTED_NAME, quoted('"', false));
        } else if (c == '$' && dollarQuoted() > 0) {
            add(SqlToken.Kind.STRING, dollarQuoted());
        } else if (Character.isDigit(c)) {
            add(SqlToken.Kind.NUMBER, run(false));
        } else if (isWordPart(c)) {
            add(SqlToken.Kind.WORD, run(true));
        } else {
            add(SqlToken.Kind.SYMBOL, at + 1);
        }
    }

    private void add(SqlToken.Kind kind, int end) {
        tokens.add(new SqlToken(kind, sql.substring(at, end), at, end));
        at = end;
    }

    private void blockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private int quoted(char quote, boolean backslashEscapes) {
        int end = at + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (backslashEscapes && c == '\\') {
                end += 2;
            } else if (c != quote) {
                end++;
            } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        return sql.length();
    }

    /// The end of `$tag$…$tag$`, or 0 when there is none here.
    private int dollarQuoted() {
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && isWordPart(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
            return 0;
        }
        String tag = sql.substring(at, tagEnd + 1);
        int end = sql.indexOf(tag, tagEnd + 1);
        return end < 0 ? sql.length() : end + tag.length();
    }

    private int run(boolean word) {
        int end = at + 1;
        while (end < sql.length()
                && (isWordPart(sql.charAt(end))
                        || !word && sql.charAt(end) == '.'
                        || word && sql.charAt(end) == '$')) {
            end++;
        }
        return end;
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || c > 127;
    }
}
