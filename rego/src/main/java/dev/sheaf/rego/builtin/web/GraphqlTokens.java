package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.LiteralKind;
import dev.sheaf.rego.builtin.web.Graphql.Member;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.GraphqlLexer.Kind;
import dev.sheaf.rego.builtin.web.GraphqlLexer.Token;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads what queries and schemas have in common, from a stream of tokens with one token of
/// look-ahead. Used by one thread.
final class GraphqlTokens {
    private static final int DEPTH_MAX = 300;

    private final GraphqlLexer lexer;
    private @Nullable Token peeked;
    private Token previous;
    private int depth;

    GraphqlTokens(String source) {
        lexer = new GraphqlLexer(source);
        previous = peek();
    }

    Token peek() {
        if (peeked == null) {
            peeked = lexer.next();
        }
        return peeked;
    }

    boolean isAt(Kind kind) {
        return peek().kind() == kind;
    }

    Position position() {
        return peek().position();
    }

    /// The one that was taken last.
    Token previous() {
        return previous;
    }

    Token next() {
        Token token = peek();
        if (token.fault() != null) {
            throw token.fault();
        }
        peeked = null;
        previous = token;
        return token;
    }

    boolean skip(Kind kind) {
        boolean isThere = isAt(kind);
        if (isThere) {
            next();
        }
        return isThere;
    }

    Token expect(Kind kind) {
        if (!isAt(kind)) {
            throw refusal("Expected " + kind + ", found " + peek().kind());
        }
        return next();
    }

    void expectKeyword(String word) {
        if (!isAt(Kind.NAME) || !peek().value().equals(word)) {
            throw refusal("Expected " + GoQuotedText.of(word) + ", found " + peek());
        }
        next();
    }

    private Refusal refusal(String message) {
        return new Refusal(message, position());
    }

    Refusal unexpected() {
        return unexpected(peek());
    }

    static Refusal unexpected(Token token) {
        return new Refusal("Unexpected " + token, token.position());
    }

    /// What is between the signs, if the first one is there.
    <T> List<T> many(Kind open, Kind close, Supplier<T> read) {
        List<T> all = new ArrayList<>();
        if (skip(open)) {
            if (++depth > DEPTH_MAX) {
                throw refusal("nested deeper than " + DEPTH_MAX + " levels");
            }
            while (!isAt(close)) {
                all.add(read.get());
            }
            next();
            depth--;
        }
        return all;
    }

    /// As [#many], but not nothing.
    <T> List<T> some(Kind open, Kind close, Supplier<T> read) {
        boolean isThere = isAt(open);
        List<T> all = many(open, close, read);
        if (isThere && all.isEmpty()) {
            throw new Refusal(
                    "expected at least one definition, found " + close, previous.position());
        }
        return all;
    }

    String name() {
        return expect(Kind.NAME).value();
    }

    String operationKind() {
        Token token = next();
        return switch (token.value()) {
            case "query", "mutation", "subscription" -> token.value();
            default -> throw unexpected(token);
        };
    }

    /// A text before what it describes; empty when there is none.
    String description() {
        return isAt(Kind.BLOCK) || isAt(Kind.STRING) ? next().value() : "";
    }

    TypeReference type() {
        TypeReference element = null;
        String name = "";
        Position position;
        if (skip(Kind.BRACKET_OPEN)) {
            if (++depth > DEPTH_MAX) {
                throw refusal("nested deeper than " + DEPTH_MAX + " levels");
            }
            position = position();
            element = type();
            expect(Kind.BRACKET_CLOSE);
            depth--;
        } else {
            position = position();
            name = name();
        }
        Position bang = position();
        boolean isRequired = skip(Kind.BANG);
        return new TypeReference(name, element, isRequired, isRequired ? bang : position);
    }

    /// @param isConstant whether variables are out of place
    List<Directive> directives(boolean isConstant) {
        List<Directive> directives = new ArrayList<>();
        while (skip(Kind.AT)) {
            Position position = position();
            directives.add(new Directive(name(), arguments(isConstant), position));
        }
        return directives;
    }

    List<Argument> arguments(boolean isConstant) {
        return many(
                Kind.PAREN_OPEN,
                Kind.PAREN_CLOSE,
                () -> {
                    Position position = position();
                    String name = name();
                    expect(Kind.COLON);
                    return new Argument(name, literal(isConstant), position);
                });
    }

    Literal literal(boolean isConstant) {
        Token token = peek();
        LiteralKind kind =
                switch (token.kind()) {
                    case BRACKET_OPEN -> LiteralKind.LIST;
                    case BRACE_OPEN -> LiteralKind.OBJECT;
                    case DOLLAR -> LiteralKind.VARIABLE;
                    case INT -> LiteralKind.INT;
                    case FLOAT -> LiteralKind.FLOAT;
                    case STRING -> LiteralKind.STRING;
                    case BLOCK -> LiteralKind.BLOCK;
                    case NAME ->
                            switch (token.value()) {
                                case "true", "false" -> LiteralKind.BOOLEAN;
                                case "null" -> LiteralKind.NULL;
                                default -> LiteralKind.ENUM;
                            };
                    default -> throw unexpected();
                };
        Position position = token.position();
        return switch (kind) {
            case LIST -> new Literal(kind, "", elements(isConstant), position);
            case OBJECT -> new Literal(kind, "", members(isConstant), position);
            case VARIABLE -> {
                if (isConstant) {
                    throw unexpected();
                }
                yield new Literal(kind, variable(), List.of(), position);
            }
            case INT, FLOAT, STRING, BLOCK, BOOLEAN, NULL, ENUM ->
                    new Literal(kind, next().value(), List.of(), position);
        };
    }

    String variable() {
        expect(Kind.DOLLAR);
        return name();
    }

    private List<Member> elements(boolean isConstant) {
        return many(
                Kind.BRACKET_OPEN,
                Kind.BRACKET_CLOSE,
                () -> new Member("", literal(isConstant), Position.NONE));
    }

    private List<Member> members(boolean isConstant) {
        return many(
                Kind.BRACE_OPEN,
                Kind.BRACE_CLOSE,
                () -> {
                    Position position = position();
                    String name = name();
                    expect(Kind.COLON);
                    return new Member(name, literal(isConstant), position);
                });
    }
}
