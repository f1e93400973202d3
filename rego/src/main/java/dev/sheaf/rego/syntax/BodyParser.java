package dev.sheaf.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Expressions and bodies.
final class BodyParser {
    private final Tokens tokens;
    private final TermParser terms;

    BodyParser(Tokens tokens) {
        this.tokens = tokens;
        this.terms = new TermParser(tokens, this);
    }

    TermParser terms() {
        return terms;
    }

    /// `{ … }`
    Body inBraces() {
        tokens.expect("{", "before the body");
        if (tokens.is("}")) {
            throw new Lexer.Fault(
                    "found empty body", tokens.current().at(), "write { true } if that is meant");
        }
        Body body = untilSymbol("}");
        tokens.expect("}", "after the body");
        return body;
    }

    /// Expressions up to a symbol that closes what they stand in, or the end of the text.
    Body untilSymbol(String end) {
        tokens.enter();
        List<Expression> expressions = new ArrayList<>();
        while (true) {
            expressions.add(expression());
            boolean separated = false;
            while (tokens.skip(";")) {
                separated = true;
            }
            if (tokens.is(end) || tokens.current().kind() == Token.Kind.END) {
                break;
            }
            if (!separated && !tokens.current().isOnNewLine()) {
                throw tokens.unexpected("expected \\n, ; or " + end + " after the expression");
            }
        }
        tokens.leave();
        return new Body(List.copyOf(expressions));
    }

    Expression expression() {
        Location at = tokens.current().at();
        boolean negated = tokens.skipKeyword("not");
        Expression.Kind kind;
        if (tokens.isKeyword("some")) {
            if (negated) {
                throw tokens.unexpected("some cannot be negated");
            }
            kind = some();
        } else if (tokens.isKeyword("every")) {
            kind = every();
        } else {
            kind = plain();
        }
        return new Expression(negated, kind, withs(), at);
    }

    /// A term and what is replaced for it, as in a template.
    Expression expressionWithModifiers() {
        Location at = tokens.current().at();
        return new Expression(false, new Expression.Kind.Holds(terms.expression()), withs(), at);
    }

    private Expression.Kind plain() {
        Term left = terms.expression();
        if (tokens.skip(":=")) {
            return new Expression.Kind.Assign(left, terms.expression());
        } else if (tokens.skip("=")) {
            return new Expression.Kind.Unify(left, terms.expression());
        }
        return new Expression.Kind.Holds(left);
    }

    private Expression.Kind some() {
        tokens.take();
        List<Term> names = new ArrayList<>();
        do {
            names.add(terms.relation());
        } while (tokens.skip(","));
        if (tokens.skipKeyword("in")) {
            if (names.size() > 2) {
                throw new Lexer.Fault(
                        "some with " + names.size() + " names before in",
                        names.get(2).at(),
                        "one value, or a key and a value");
            }
            return new Expression.Kind.SomeIn(
                    names.size() == 2 ? Optional.of(names.getFirst()) : Optional.empty(),
                    names.getLast(),
                    terms.relation());
        }
        List<Term.Variable> variables = new ArrayList<>();
        for (Term name : names) {
            if (!(name instanceof Term.Variable variable)) {
                throw new Lexer.Fault("expected a name after some", name.at(), "some x, y");
            }
            variables.add(variable);
        }
        return new Expression.Kind.Some(List.copyOf(variables));
    }

    private Expression.Kind every() {
        tokens.take();
        Term first = terms.relation();
        Optional<Term> key = Optional.empty();
        if (tokens.skip(",")) {
            key = Optional.of(first);
            first = terms.relation();
        }
        if (!tokens.skipKeyword("in")) {
            throw tokens.unexpected("expected `x[, y] in xs { ... }` after every");
        }
        Term domain = terms.relation();
        return new Expression.Kind.Every(key, first, domain, inBraces());
    }

    private List<Expression.With> withs() {
        List<Expression.With> withs = new ArrayList<>();
        while (tokens.isKeyword("with")) {
            Location at = tokens.take().at();
            Term target = terms.term();
            if (!tokens.skipKeyword("as")) {
                throw tokens.unexpected("expected as after the target of with");
            }
            withs.add(new Expression.With(target, terms.expression(), at));
        }
        return List.copyOf(withs);
    }
}
