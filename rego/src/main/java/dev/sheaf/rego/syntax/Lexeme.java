package dev.sheaf.rego.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A piece of a policy's text as it is written: a word, a number, a symbol, or a string with its
/// quotes. A template with holes is several: up to `{`, from `}` to the next `{`, from `}` to its
/// end.
///
/// @param line where it begins, from 1
/// @param lastLine where it ends; another one only in raw strings
/// @param offset from 0, in characters
public record Lexeme(String text, int line, int lastLine, int offset) {
    private record Hole(char quote, int depth) {}

    public int end() {
        return offset + text.length();
    }

    public boolean isString() {
        return text.startsWith("\"") || text.startsWith("`");
    }

    /// All of a module's text, without comments.
    public static List<Lexeme> all(Module module) {
        String text = module.text();
        Lexer lexer = new Lexer(module.file(), text);
        List<Lexeme> all = new ArrayList<>();
        Deque<Hole> holes = new ArrayDeque<>();
        int depth = 0;
        Token token = lexer.next();
        while (token.kind() != Token.Kind.END) {
            Hole hole = holes.peek();
            if (token.kind() == Token.Kind.TEMPLATE) {
                char quote = token.text().charAt(0);
                if (lexer.templateText(quote, token.at(), new StringBuilder())) {
                    holes.push(new Hole(quote, depth));
                }
            } else if (token.is("{")) {
                depth++;
            } else if (token.is("}") && hole != null && hole.depth() == depth) {
                if (!lexer.templateText(hole.quote(), token.at(), new StringBuilder())) {
                    holes.pop();
                }
            } else if (token.is("}")) {
                depth--;
            }
            Location at = token.at();
            String piece = text.substring(at.offset(), lexer.offset());
            int lastLine = lexer.location(lexer.offset() - 1).line();
            all.add(new Lexeme(piece, at.line(), lastLine, at.offset()));
            token = lexer.next();
        }
        return List.copyOf(all);
    }
}
