package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Terms: literals, references, calls, operators, comprehensions, templates.
final class TermParser {
    private static final Map<String, String> RELATIONS =
            Map.of("==", "equal", "!=", "neq", "<", "lt", "<=", "lte", ">", "gt", ">=", "gte");
    private static final Map<String, String> SUMS = Map.of("+", "plus", "-", "minus");
    private static final Map<String, String> PRODUCTS = Map.of("*", "mul", "/", "div", "%", "rem");

    private final Tokens tokens;
    private final BodyParser bodies;

    TermParser(Tokens tokens, BodyParser bodies) {
        this.tokens = tokens;
        this.bodies = bodies;
    }

    // --- operators, from the weakest

    /// With `key, value in collection`.
    Term expression() {
        return membership(true);
    }

    /// As an item of a list, where a comma ends it.
    Term item() {
        return membership(false);
    }

    private Term membership(boolean withKey) {
        tokens.enter();
        Term left = relation();
        Term key = null;
        if (withKey && tokens.is(",") && !tokens.current().isOnNewLine()) {
            int mark = tokens.mark();
            tokens.take();
            Term second = membershipValue();
            if (second != null) {
                key = left;
                left = second;
            } else {
                tokens.goTo(mark);
            }
        }
        while (tokens.isKeyword("in")) {
            tokens.take();
            Term collection = relation();
            List<Term> arguments =
                    key == null ? List.of(left, collection) : List.of(key, left, collection);
            String name = key == null ? "internal.member_2" : "internal.member_3";
            left = call(name, arguments, arguments.getFirst().at());
            key = null;
        }
        tokens.leave();
        return left;
    }

    /// The value of `key, value in …`; null when it is something else.
    private @Nullable Term membershipValue() {
        try {
            Term value = relation();
            return tokens.isKeyword("in") ? value : null;
        } catch (Lexer.Fault notThis) {
            return null;
        }
    }

    /// Without `in`.
    Term relation() {
        Term left = union();
        while (isOperator(RELATIONS)) {
            left = infix(left, RELATIONS, this::union);
        }
        return left;
    }

    private Term union() {
        Term left = intersection();
        while (tokens.is("|")) {
            tokens.take();
            left = call("or", List.of(left, intersection()), left.at());
        }
        return left;
    }

    /// Without `|`, which ends the head of a comprehension.
    private Term intersection() {
        Term left = sum();
        while (tokens.is("&")) {
            tokens.take();
            left = call("and", List.of(left, sum()), left.at());
        }
        return left;
    }

    private Term sum() {
        Term left = product();
        while (isOperator(SUMS)) {
            left = infix(left, SUMS, this::product);
        }
        return left;
    }

    private Term product() {
        Term left = term();
        while (isOperator(PRODUCTS)) {
            left = infix(left, PRODUCTS, this::term);
        }
        return left;
    }

    private boolean isOperator(Map<String, String> operators) {
        return tokens.current().kind() == Token.Kind.SYMBOL
                && operators.containsKey(tokens.current().text());
    }

    private Term infix(
            Term left, Map<String, String> operators, java.util.function.Supplier<Term> next) {
        String name = String.valueOf(operators.get(tokens.take().text()));
        return call(name, List.of(left, next.get()), left.at());
    }

    private static Term call(String name, List<Term> arguments, Location at) {
        return new Term.Call(new Term.Variable(name, at), arguments, true, at);
    }

    // --- single terms

    Term term() {
        tokens.enter();
        Token token = tokens.current();
        Term term =
                switch (token.kind()) {
                    case NUMBER -> {
                        tokens.take();
                        yield new Term.Scalar(NumberValue.parse(token.text()), token.at());
                    }
                    case STRING -> {
                        tokens.take();
                        yield path(new Term.Scalar(StringValue.of(token.text()), token.at()));
                    }
                    case TEMPLATE -> template(token);
                    case WORD -> word(token);
                    case SYMBOL -> symbol(token);
                    case END -> throw tokens.unexpected("");
                };
        tokens.leave();
        return term;
    }

    private Term word(Token token) {
        if (tokens.isKeyword("true") || tokens.isKeyword("false")) {
            tokens.take();
            return new Term.Scalar(BooleanValue.of(token.isWord("true")), token.at());
        } else if (tokens.isKeyword("null")) {
            tokens.take();
            return new Term.Scalar(NullValue.NULL, token.at());
        } else if (!tokens.isName()) {
            throw tokens.unexpected("a term was expected; keywords are names only before a dot");
        }
        tokens.take();
        if (token.text().equals("set") && tokens.is("(") && !tokens.current().isSpaced()) {
            int mark = tokens.mark();
            tokens.take();
            if (tokens.skip(")")) {
                return path(new Term.SetLiteral(List.of(), token.at()));
            }
            tokens.goTo(mark);
        }
        return path(new Term.Variable(token.text(), token.at()));
    }

    private Term symbol(Token token) {
        return switch (token.text()) {
            case "-" -> negative();
            case "(" -> {
                tokens.take();
                Term inner = expression();
                tokens.expect(")", "after the term in parentheses");
                yield path(inner);
            }
            case "[" -> path(array());
            case "{" -> path(braces());
            default -> throw tokens.unexpected("");
        };
    }

    private Term negative() {
        Token minus = tokens.take();
        Token number = tokens.current();
        if (number.kind() != Token.Kind.NUMBER || number.isSpaced()) {
            throw tokens.unexpected("a number was expected; write 0 - x to negate a term");
        }
        tokens.take();
        return new Term.Scalar(NumberValue.parse("-" + number.text()), minus.at());
    }

    /// What follows a term without a space: `.name`, `[term]`, `(arguments)`.
    private Term path(Term head) {
        Term term = head;
        List<Term> path = new ArrayList<>();
        while (!tokens.current().isSpaced()) {
            if (tokens.is(".")) {
                tokens.take();
                Token name = tokens.current();
                if (name.kind() != Token.Kind.WORD || name.isSpaced()) {
                    throw tokens.unexpected("a name was expected after the dot");
                }
                tokens.take();
                path.add(new Term.Scalar(StringValue.of(name.text()), name.at()));
            } else if (tokens.is("[")) {
                tokens.take();
                path.add(item());
                tokens.expect("]", "after the key");
            } else if (tokens.is("(") && isFunction(term)) {
                Term function = path.isEmpty() ? term : reference(term, path);
                path = new ArrayList<>();
                term = new Term.Call(function, arguments(), false, head.at());
            } else {
                break;
            }
        }
        return path.isEmpty() ? term : reference(term, path);
    }

    private static boolean isFunction(Term term) {
        return term instanceof Term.Variable;
    }

    private static Term reference(Term head, List<Term> path) {
        return new Term.Reference(head, List.copyOf(path), head.at());
    }

    List<Term> arguments() {
        tokens.expect("(", "before the arguments");
        return list(")");
    }

    /// Items up to the end; a comma may stand before it.
    private List<Term> list(String end) {
        List<Term> items = new ArrayList<>();
        while (!tokens.is(end)) {
            items.add(item());
            if (!tokens.skip(",")) {
                break;
            }
        }
        tokens.expect(end, "or a comma");
        return List.copyOf(items);
    }

    private Term array() {
        Location at = tokens.take().at();
        if (tokens.skip("]")) {
            return new Term.ArrayLiteral(List.of(), at);
        }
        int mark = tokens.mark();
        Term head = intersection();
        if (tokens.is("|")) {
            Body body = comprehension("]");
            if (body != null) {
                return new Term.ArrayComprehension(head, body, at);
            }
        }
        tokens.goTo(mark);
        return new Term.ArrayLiteral(list("]"), at);
    }

    private Term braces() {
        Location at = tokens.take().at();
        if (tokens.skip("}")) {
            return new Term.ObjectLiteral(List.of(), at);
        }
        int mark = tokens.mark();
        Term first = intersection();
        if (tokens.is("|")) {
            Body body = comprehension("}");
            if (body != null) {
                return new Term.SetComprehension(first, body, at);
            }
        }
        if (!tokens.is(":")) {
            tokens.goTo(mark);
            first = item();
        }
        if (!tokens.is(":")) {
            tokens.goTo(mark);
            return new Term.SetLiteral(list("}"), at);
        }
        tokens.take();
        int valueMark = tokens.mark();
        Term value = intersection();
        if (tokens.is("|")) {
            Body body = comprehension("}");
            if (body != null) {
                return new Term.ObjectComprehension(first, value, body, at);
            }
        }
        tokens.goTo(valueMark);
        return object(first, at);
    }

    private Term object(Term firstKey, Location at) {
        List<Term.Field> fields = new ArrayList<>();
        fields.add(new Term.Field(firstKey, item()));
        while (tokens.skip(",") && !tokens.is("}")) {
            Term key = item();
            tokens.expect(":", "between the key and its value");
            fields.add(new Term.Field(key, item()));
        }
        tokens.expect("}", "or a comma");
        return new Term.ObjectLiteral(List.copyOf(fields), at);
    }

    /// The body behind `|`; null when what follows is no body, but the right side of a union.
    private @Nullable Body comprehension(String end) {
        int mark = tokens.mark();
        Lexer.Fault fault;
        tokens.take();
        try {
            Body body = bodies.untilSymbol(end);
            tokens.expect(end, "after the comprehension");
            return body;
        } catch (Lexer.Fault notThis) {
            fault = notThis;
        }
        int reached = fault.at().offset();
        tokens.goTo(mark);
        tokens.take();
        try {
            intersection();
        } catch (Lexer.Fault neither) {
            throw fault;
        }
        if (tokens.mark() < reached) {
            throw fault;
        }
        return null;
    }

    private Term template(Token token) {
        char quote = token.text().charAt(0);
        List<Term.Part> parts = new ArrayList<>();
        int from = token.end();
        while (true) {
            StringBuilder text = new StringBuilder();
            boolean hasHole = tokens.templateText(quote, token.at(), from, text);
            if (!text.isEmpty()) {
                parts.add(new Term.Part.Text(text.toString()));
            }
            tokens.resume();
            if (!hasHole) {
                return new Term.Template(List.copyOf(parts), token.at());
            }
            Expression expression = bodies.expressionWithModifiers();
            if (!tokens.is("}")) {
                throw tokens.unexpected("expected } after the expression in the template");
            }
            from = tokens.current().end();
            parts.add(new Term.Part.Hole(expression));
        }
    }
}
