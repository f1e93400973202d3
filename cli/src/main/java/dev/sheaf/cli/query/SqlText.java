package dev.sheaf.cli.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// SQL cut into its tokens, as far as a command line needs: to find where a statement ends, which
/// word is being typed, where tables are named. It never judges a statement.
public final class SqlText {
    private SqlText() {}

    /// What a stretch of text is.
    public enum Kind {
        /// A name or keyword, or a name in double quotes.
        WORD,
        /// A text in single or dollar quotes.
        STRING,
        NUMBER,
        /// One character of punctuation.
        SIGN,
        COMMENT
    }

    /// @param end exclusive
    /// @param closed false when a quote or comment reaches the end of the text without being closed
    public record Token(Kind kind, String text, int start, int end, boolean closed) {
        /// In lower case, without quotes.
        public String name() {
            return text.startsWith("\"")
                    ? text.substring(1, Math.max(1, text.length() - (closed ? 1 : 0)))
                            .replace("\"\"", "\"")
                    : text.toLowerCase(Locale.ROOT);
        }

        boolean is(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSign(char sign) {
            return kind == Kind.SIGN && text.charAt(0) == sign;
        }
    }

    /// The tokens in order, blanks left out.
    public static List<Token> tokens(String sql) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char first = sql.charAt(at);
            if (Character.isWhitespace(first)) {
                at++;
                continue;
            }
            Token token = token(sql, at, first);
            tokens.add(token);
            at = token.end();
        }
        return tokens;
    }

    /// Whether the text holds a whole statement: its last token besides comments is a semicolon
    /// outside of quotes.
    public static boolean isComplete(String sql) {
        List<Token> tokens = tokens(sql);
        for (Token token : tokens.reversed()) {
            if (!token.closed()) {
                return false;
            }
            if (token.kind() != Kind.COMMENT) {
                return token.isSign(';');
            }
        }
        return true;
    }

    private static Token token(String sql, int at, char first) {
        if (first == '\'') {
            return quoted(sql, at, '\'', Kind.STRING);
        }
        if (first == '"') {
            return quoted(sql, at, '"', Kind.WORD);
        }
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return new Token(
                    Kind.COMMENT,
                    sql.substring(at, end < 0 ? sql.length() : end),
                    at,
                    end < 0 ? sql.length() : end,
                    true);
        }
        if (sql.startsWith("/*", at)) {
            return until(sql, at, "*/", at + 2, Kind.COMMENT);
        }
        if (first == '$') {
            int tagEnd = sql.indexOf('$', at + 1);
            if (tagEnd > 0 && sql.substring(at + 1, tagEnd).chars().allMatch(SqlText::isNamePart)) {
                return until(sql, at, sql.substring(at, tagEnd + 1), tagEnd + 1, Kind.STRING);
            }
        }
        if (Character.isDigit(first)) {
            return run(sql, at, Kind.NUMBER);
        }
        return isNamePart(first)
                ? run(sql, at, Kind.WORD)
                : new Token(Kind.SIGN, String.valueOf(first), at, at + 1, true);
    }

    private static Token run(String sql, int at, Kind kind) {
        int end = at;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        return new Token(kind, sql.substring(at, end), at, end, true);
    }

    private static boolean isNamePart(int character) {
        return character == '_' || Character.isLetterOrDigit(character) || character > 0xFF;
    }

    private static Token quoted(String sql, int at, char quote, Kind kind) {
        int end = at + 1;
        while (end < sql.length()) {
            if (sql.charAt(end) == quote) {
                if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                    end++;
                } else {
                    return new Token(kind, sql.substring(at, end + 1), at, end + 1, true);
                }
            }
            end++;
        }
        return new Token(kind, sql.substring(at), at, sql.length(), false);
    }

    private static Token until(String sql, int at, String mark, int from, Kind kind) {
        int found = sql.indexOf(mark, from);
        int end = found < 0 ? sql.length() : found + mark.length();
        return new Token(kind, sql.substring(at, end), at, end, found >= 0);
    }
}
