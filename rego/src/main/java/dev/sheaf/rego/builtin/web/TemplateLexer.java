package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;

import java.util.ArrayList;
import java.util.List;

/// Splits a template into texts and the tokens of its actions. Used by one thread, once.
final class TemplateLexer {
    enum Kind {
        TEXT,
        ACTION_START,
        ACTION_END,
        SPACE,
        /// A keyword or the name of a function.
        WORD,
        /// `.name`
        FIELD,
        /// `$name`
        VARIABLE,
        DOT,
        STRING,
        NUMBER,
        CHARACTER,
        /// One of `( ) | , = :=`
        SIGN,
        END
    }

    /// @param value of a text or string what it means, else as it is written
    record Token(Kind kind, String value, int line, int column) {
        boolean is(Kind wanted, String text) {
            return kind == wanted && value.equals(text);
        }
    }

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private TemplateLexer(String source) {
        this.source = source;
    }

    /// @throws BuiltinFault when an action is not closed, or has a sign that is none
    static List<Token> tokens(String source) {
        TemplateLexer lexer = new TemplateLexer(source);
        lexer.readAll();
        return lexer.tokens;
    }

    /// Tokens come in their order: lines are counted on from the one before.
    private void add(Kind kind, String value, int start) {
        countLines(start);
        tokens.add(new Token(kind, value, line, start - lineStart));
    }

    private void countLines(int place) {
        int end = source.indexOf('\n', lineStart);
        while (end >= 0 && end < place) {
            line++;
            lineStart = end + 1;
            end = source.indexOf('\n', lineStart);
        }
    }

    private BuiltinFault fault(String message) {
        countLines(at);
        return BuiltinFault.of("template: template:" + line + ": " + message);
    }

    private void readAll() {
        boolean isTrimmed = false;
        while (true) {
            int open = source.indexOf("{{", at);
            int end = open < 0 ? source.length() : open;
            boolean trimsBefore = open >= 0 && isTrimStart(open);
            String text = source.substring(at, end);
            if (isTrimmed) {
                text = text.stripLeading();
            }
            if (trimsBefore) {
                text = text.stripTrailing();
            }
            if (!text.isEmpty()) {
                add(Kind.TEXT, text, at);
            }
            if (open < 0) {
                at = source.length();
                add(Kind.END, "", at);
                return;
            }
            at = open + (trimsBefore ? 4 : 2);
            isTrimmed = source.startsWith("/*", at) ? comment() : action(open);
        }
    }

    /// `{{- `
    private boolean isTrimStart(int open) {
        return source.startsWith("-", open + 2)
                && open + 3 < source.length()
                && isSpace(source.charAt(open + 3));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /// @return whether what follows loses its leading space
    private boolean comment() {
        int close = source.indexOf("*/", at);
        if (close < 0) {
            throw fault("unclosed comment");
        }
        at = close + 2;
        boolean isTrimmed = isTrimEnd();
        if (isTrimmed) {
            at += 2;
        }
        if (!source.startsWith("}}", at)) {
            throw fault("comment ends before closing delimiter");
        }
        at += 2;
        return isTrimmed;
    }

    /// ` -}}`
    private boolean isTrimEnd() {
        return at < source.length()
                && isSpace(source.charAt(at))
                && source.startsWith("-}}", at + 1);
    }

    private boolean action(int open) {
        add(Kind.ACTION_START, "{{", open);
        while (true) {
            if (at >= source.length()) {
                throw fault("unclosed action");
            }
            if (isTrimEnd()) {
                at += 2;
                add(Kind.ACTION_END, "}}", at);
                at += 2;
                return true;
            }
            if (source.startsWith("}}", at)) {
                add(Kind.ACTION_END, "}}", at);
                at += 2;
                return false;
            }
            token();
        }
    }

    private void token() {
        int start = at;
        char c = source.charAt(at);
        char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
        if (isSpace(c)) {
            while (at < source.length() && isSpace(source.charAt(at)) && !isTrimEnd()) {
                at++;
            }
            add(Kind.SPACE, " ", start);
        } else if (c == '"' || c == '`') {
            add(Kind.STRING, c == '"' ? quoted('"') : raw(), start);
        } else if (c == '\'') {
            add(Kind.CHARACTER, quoted('\''), start);
        } else if (c == '.' && !Character.isDigit(next)) {
            at++;
            String name = word();
            add(name.isEmpty() ? Kind.DOT : Kind.FIELD, name, start);
        } else if (c == '$') {
            at++;
            add(Kind.VARIABLE, "$" + word(), start);
        } else if (Character.isDigit(c)
                || c == '.'
                || (c == '-' || c == '+') && (Character.isDigit(next) || next == '.')) {
            number();
            add(Kind.NUMBER, source.substring(start, at), start);
        } else if (Character.isLetter(c) || c == '_') {
            add(Kind.WORD, word(), start);
        } else if (c == ':' && next == '=') {
            at += 2;
            add(Kind.SIGN, ":=", start);
        } else if ("()|,=".indexOf(c) >= 0) {
            at++;
            add(Kind.SIGN, String.valueOf(c), start);
        } else {
            throw fault(
                    "unrecognized character in action: U+%04X '%s'"
                            .formatted(
                                    source.codePointAt(at),
                                    Character.toString(source.codePointAt(at))));
        }
    }

    private String word() {
        int start = at;
        while (at < source.length()
                && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
        return source.substring(start, at);
    }

    private void number() {
        at++;
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean isSign = (c == '+' || c == '-') && "eEpP".indexOf(source.charAt(at - 1)) >= 0;
            if (!isSign && !Character.isLetterOrDigit(c) && c != '.' && c != '_') {
                return;
            }
            at++;
        }
    }

    private String raw() {
        int end = source.indexOf('`', at + 1);
        if (end < 0) {
            throw fault("unterminated raw quoted string");
        }
        String text = source.substring(at + 1, end);
        at = end + 1;
        return text;
    }

    private String quoted(char quote) {
        String kind = quote == '"' ? "quoted string" : "character constant";
        StringBuilder text = new StringBuilder();
        at++;
        while (at < source.length() && source.charAt(at) != '\n') {
            char c = source.charAt(at++);
            if (c == quote) {
                return text.toString();
            }
            if (c != '\\') {
                text.append(c);
            } else if (at < source.length()) {
                escape(text);
            }
        }
        throw fault("unterminated " + kind);
    }

    private void escape(StringBuilder text) {
        char c = source.charAt(at++);
        int digits =
                switch (c) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
        if (digits > 0) {
            String number = source.substring(at, Math.min(at + digits, source.length()));
            if (!number.matches("[0-9a-fA-F]{" + digits + "}")
                    || !Character.isValidCodePoint((int) Long.parseLong(number, 16))) {
                throw fault("invalid syntax");
            }
            text.appendCodePoint((int) Long.parseLong(number, 16));
            at += digits;
            return;
        }
        int plain = "abfnrtv\\'\"".indexOf(c);
        if (plain < 0) {
            throw fault("invalid syntax");
        }
        text.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(plain));
    }
}
