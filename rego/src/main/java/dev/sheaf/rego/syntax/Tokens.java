package dev.sheaf.rego.syntax;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tokens of a text with the one that is looked at, and the words that are keywords there.
final class Tokens {
    private static final Set<String> ALWAYS =
            Set.of(
                    "package", "import", "as", "default", "else", "not", "with", "null", "true",
                    "false", "some");
    static final List<String> FUTURE = List.of("contains", "every", "if", "in");
    private static final int DEPTH_MAX = 400;

    private final Lexer lexer;
    private final Set<String> keywords = new HashSet<>(ALWAYS);
    private Token current;
    private final Map<Integer, Token> marked = new HashMap<>();
    private int depth;

    Tokens(Lexer lexer) {
        this.lexer = lexer;
        this.current = lexer.next();
    }

    void allowKeyword(String word) {
        keywords.add(word);
    }

    Token current() {
        return current;
    }

    Token take() {
        Token taken = current;
        current = lexer.next();
        return taken;
    }

    int mark() {
        int mark = current.at().offset();
        marked.put(mark, current);
        return mark;
    }

    /// Looks at a token again that was marked, with the blanks before it.
    void goTo(int mark) {
        Token before = marked.get(mark);
        lexer.goTo(mark);
        Token again = lexer.next();
        current =
                before == null
                        ? again
                        : new Token(
                                again.kind(),
                                again.text(),
                                again.at(),
                                again.end(),
                                before.isSpaced(),
                                before.isOnNewLine());
    }

    boolean is(String symbol) {
        return current.is(symbol);
    }

    /// Whether the token is this keyword, here and now.
    boolean isKeyword(String word) {
        return current.isWord(word) && keywords.contains(word) && !isDotted();
    }

    /// A keyword before a dot is a name; `contains` before its arguments is the function.
    private boolean isDotted() {
        int end = current.end();
        return lexer.charAt(end) == '.' && Character.isLetter(lexer.charAt(end + 1))
                || lexer.charAt(end) == '(' && current.text().equals("contains");
    }

    boolean isName() {
        return current.kind() == Token.Kind.WORD
                && (!keywords.contains(current.text()) || isDotted());
    }

    boolean skip(String symbol) {
        if (current.is(symbol)) {
            take();
            return true;
        }
        return false;
    }

    boolean skipKeyword(String word) {
        if (isKeyword(word)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(String symbol, String where) {
        if (!current.is(symbol)) {
            throw unexpected("expected " + symbol + " " + where);
        }
        return take();
    }

    Lexer.Fault unexpected(String hint) {
        String what =
                switch (current.kind()) {
                    case END -> "unexpected eof token";
                    case WORD ->
                            keywords.contains(current.text())
                                    ? "unexpected " + current.text() + " keyword"
                                    : "unexpected identifier token '" + current.text() + "'";
                    case NUMBER -> "unexpected number token " + current.text();
                    case STRING, TEMPLATE -> "unexpected string token";
                    case SYMBOL -> "unexpected " + current.text() + " token";
                };
        return new Lexer.Fault(hint.isEmpty() ? what : what + ": " + hint, current.at(), "");
    }

    /// To be paired with [#leave].
    void enter() {
        if (++depth > DEPTH_MAX) {
            throw new Lexer.Fault(
                    "nested too deeply", current.at(), "at most " + DEPTH_MAX + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /// Reads a template's text behind the current token or hole.
    boolean templateText(char quote, Location at, int from, StringBuilder out) {
        lexer.goTo(from);
        return lexer.templateText(quote, at, out);
    }

    /// Looks at what follows the part of a template that was just read.
    void resume() {
        current = lexer.next();
    }
}
