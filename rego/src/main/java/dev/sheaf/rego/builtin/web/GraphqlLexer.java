package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Splits a GraphQL document into tokens (specification, 2.1). What is none becomes a token that
/// carries its fault, which counts only when the token is taken. Used by one thread.
final class GraphqlLexer {
    enum Kind {
        INVALID("<Invalid>"),
        END("<EOF>"),
        BANG("!"),
        DOLLAR("$"),
        AMPERSAND("&"),
        PAREN_OPEN("("),
        PAREN_CLOSE(")"),
        SPREAD("..."),
        COLON(":"),
        EQUALS("="),
        AT("@"),
        BRACKET_OPEN("["),
        BRACKET_CLOSE("]"),
        BRACE_OPEN("{"),
        BRACE_CLOSE("}"),
        PIPE("|"),
        NAME("Name"),
        INT("Int"),
        FLOAT("Float"),
        STRING("String"),
        BLOCK("BlockString");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    record Token(Kind kind, String value, Position position, @Nullable Refusal fault) {
        @Override
        public String toString() {
            return value.isEmpty() ? kind.toString() : kind + " " + GoQuotedText.of(value);
        }
    }

    private static final int NONE = -1;

    private final int[] text;
    private int at;
    private int line = 1;
    private int lineStart;
    private int start;

    GraphqlLexer(String source) {
        text = source.codePoints().toArray();
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : NONE;
    }

    private Token token(Kind kind, String value) {
        return new Token(kind, value, new Position(line, start - lineStart + 1), null);
    }

    private Token text(Kind kind) {
        return token(kind, new String(text, start, at - start));
    }

    private Token invalid(String message) {
        Position position = new Position(line, at - lineStart + 1);
        return new Token(Kind.INVALID, "", position, new Refusal(message, position));
    }

    /// The next one; [Kind#END] from the end on.
    Token next() {
        skipIgnored();
        start = at;
        int c = peek(0);
        if (c == NONE) {
            return token(Kind.END, "");
        }
        if (c == '.' && peek(1) == '.' && peek(2) == '.') {
            at += 3;
            return token(Kind.SPREAD, "");
        }
        Kind sign = c < 128 ? sign((char) c) : null;
        if (sign != null) {
            at++;
            return token(sign, "");
        }
        if (isNameStart(c)) {
            while (isNameStart(peek(0)) || isDigit(peek(0))) {
                at++;
            }
            return text(Kind.NAME);
        }
        if (c == '-' || isDigit(c)) {
            return number();
        }
        if (c == '"') {
            return peek(1) == '"' && peek(2) == '"' ? block() : string();
        }
        if (c < 0x20) {
            return invalid("Cannot contain the invalid character \"\\u%04d\"".formatted(c));
        }
        if (c == '\'') {
            return invalid(
                    "Unexpected single quote character ('), did you mean to use a double quote"
                            + " (\")?");
        }
        return invalid("Cannot parse the unexpected character \"" + firstByte(c) + "\".");
    }

    private static @Nullable Kind sign(char c) {
        return switch (c) {
            case '!' -> Kind.BANG;
            case '$' -> Kind.DOLLAR;
            case '&' -> Kind.AMPERSAND;
            case '(' -> Kind.PAREN_OPEN;
            case ')' -> Kind.PAREN_CLOSE;
            case ':' -> Kind.COLON;
            case '=' -> Kind.EQUALS;
            case '@' -> Kind.AT;
            case '[' -> Kind.BRACKET_OPEN;
            case ']' -> Kind.BRACKET_CLOSE;
            case '{' -> Kind.BRACE_OPEN;
            case '}' -> Kind.BRACE_CLOSE;
            case '|' -> Kind.PIPE;
            default -> null;
        };
    }

    private static boolean isNameStart(int c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// OPA's messages show the first byte of a character.
    private static char firstByte(int c) {
        byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
        return (char) (bytes[0] & 0xff);
    }

    private void skipIgnored() {
        while (true) {
            int c = peek(0);
            if (c == '\t' || c == ' ' || c == ',' || c == 0xfeff) {
                at++;
            } else if (c == '\n') {
                newLine(1);
            } else if (c == '\r') {
                at++;
                line++;
                lineStart = at;
                if (peek(0) == '\n') {
                    at++;
                }
            } else if (c == '#') {
                while (peek(0) > 0x1f || peek(0) == '\t') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private void newLine(int length) {
        at += length;
        line++;
        lineStart = at;
    }

    private Token number() {
        boolean isFloat = false;
        if (peek(0) == '-') {
            at++;
        }
        if (peek(0) == '0') {
            at++;
            if (isDigit(peek(0))) {
                return invalid("Invalid number, unexpected digit after 0: " + shown() + ".");
            }
        } else if (!skipDigits()) {
            return noDigit();
        }
        if (peek(0) == '.') {
            at++;
            isFloat = true;
            if (!skipDigits()) {
                return noDigit();
            }
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            at++;
            isFloat = true;
            if (peek(0) == '-' || peek(0) == '+') {
                at++;
            }
            if (!skipDigits()) {
                return noDigit();
            }
        }
        return text(isFloat ? Kind.FLOAT : Kind.INT);
    }

    private boolean skipDigits() {
        int before = at;
        while (isDigit(peek(0))) {
            at++;
        }
        return at > before;
    }

    private Token noDigit() {
        return invalid("Invalid number, expected digit but got: " + shown() + ".");
    }

    private String shown() {
        return peek(0) == NONE ? "<EOF>" : "\"" + firstByte(peek(0)) + "\"";
    }

    private Token string() {
        at++;
        start++;
        StringBuilder value = new StringBuilder();
        while (peek(0) != NONE && peek(0) != '\n' && peek(0) != '\r') {
            int c = peek(0);
            if (c < 0x20 && c != '\t') {
                return invalid("Invalid character within String: \"\\u%04d\".".formatted(c));
            }
            if (c == '"') {
                Token token = token(Kind.STRING, value.toString());
                at++;
                return token;
            }
            if (c != '\\') {
                value.appendCodePoint(c);
                at++;
                continue;
            }
            Token fault = escape(value);
            if (fault != null) {
                return fault;
            }
        }
        return invalid("Unterminated string.");
    }

    /// @return what is wrong; null when nothing is
    private @Nullable Token escape(StringBuilder value) {
        int c = peek(1);
        String invalid = "Invalid character escape sequence";
        if (c == NONE) {
            at++;
            return invalid(invalid + ".");
        }
        if (c == 'u') {
            return unicode(value);
        }
        int plain =
                switch (c) {
                    case '"', '/', '\\' -> c;
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> NONE;
                };
        if (plain == NONE) {
            at++;
            return invalid(invalid + ": \\" + firstByte(c) + ".");
        }
        value.append((char) plain);
        at += 2;
        return null;
    }

    private @Nullable Token unicode(StringBuilder value) {
        String invalid = "Invalid character escape sequence: \\";
        int left = text.length - at - 1;
        if (left < 6) {
            at++;
            return invalid(invalid + new String(text, at, left) + ".");
        }
        String digits = new String(text, at + 2, 4);
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            at++;
            return invalid(invalid + new String(text, at, 5) + ".");
        }
        value.append((char) Integer.parseInt(digits, 16));
        at += 6;
        return null;
    }

    private Token block() {
        at += 3;
        start += 3;
        StringBuilder raw = new StringBuilder();
        while (peek(0) != NONE) {
            int c = peek(0);
            if (c == '"' && peek(1) == '"' && peek(2) == '"') {
                Token token = token(Kind.BLOCK, unindented(raw.toString()));
                at += 3;
                return token;
            }
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
                return invalid("Invalid character within String: \"\\u%04d\".".formatted(c));
            }
            if (c == '\\' && peek(1) == '"' && peek(2) == '"' && peek(3) == '"') {
                raw.append("\"\"\"");
                at += 4;
            } else if (c == '\r' || c == '\n') {
                raw.append('\n');
                newLine(c == '\r' && peek(1) == '\n' ? 2 : 1);
            } else {
                raw.appendCodePoint(c);
                at++;
            }
        }
        return invalid("Unterminated string.");
    }

    /// BlockStringValue of the specification, 2.9.4: without the common indent, and without blank
    /// lines at both ends.
    private static String unindented(String raw) {
        List<String> lines = new ArrayList<>(List.of(raw.split("\n", -1)));
        int common = Integer.MAX_VALUE;
        for (String one : lines.subList(1, lines.size())) {
            int indent = indent(one);
            if (indent < one.length()) {
                common = Math.min(common, indent);
            }
        }
        for (int i = 1; i < lines.size(); i++) {
            String one = lines.get(i);
            lines.set(i, one.substring(Math.min(common, one.length())));
        }
        while (!lines.isEmpty() && isBlank(lines.getFirst())) {
            lines.removeFirst();
        }
        while (!lines.isEmpty() && isBlank(lines.getLast())) {
            lines.removeLast();
        }
        return String.join("\n", lines);
    }

    private static int indent(String one) {
        int indent = 0;
        while (indent < one.length() && " \t".indexOf(one.charAt(indent)) >= 0) {
            indent++;
        }
        return indent;
    }

    private static boolean isBlank(String one) {
        return indent(one) == one.length();
    }
}
