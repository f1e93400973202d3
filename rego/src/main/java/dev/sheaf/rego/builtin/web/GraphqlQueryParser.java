package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Query;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.Graphql.Variable;
import dev.sheaf.rego.builtin.web.GraphqlLexer.Kind;

import java.util.ArrayList;
import java.util.List;

/// Reads operations and fragments (specification, 2.2 to 2.12). Used by one thread, once.
final class GraphqlQueryParser {
    private final GraphqlTokens tokens;

    private GraphqlQueryParser(String source) {
        tokens = new GraphqlTokens(source);
    }

    /// @throws Refusal when it is no query document
    static Query parse(String source) {
        return new GraphqlQueryParser(source).document();
    }

    private Query document() {
        List<Operation> operations = new ArrayList<>();
        List<Fragment> fragments = new ArrayList<>();
        while (!tokens.isAt(Kind.END)) {
            boolean isWord = tokens.isAt(Kind.NAME);
            String word = tokens.peek().value();
            if (tokens.isAt(Kind.BRACE_OPEN)) {
                operations.add(shortOperation());
            } else if (isWord && word.equals("fragment")) {
                fragments.add(fragment());
            } else if (isWord && List.of("query", "mutation", "subscription").contains(word)) {
                operations.add(operation());
            } else {
                throw tokens.unexpected();
            }
        }
        return new Query(operations, fragments);
    }

    private Operation shortOperation() {
        Position position = tokens.position();
        return new Operation("query", "", List.of(), List.of(), selections(), position);
    }

    private Operation operation() {
        Position position = tokens.position();
        String kind = tokens.operationKind();
        String name = tokens.isAt(Kind.NAME) ? tokens.next().value() : "";
        List<Variable> variables = variables();
        List<Directive> directives = tokens.directives(false);
        return new Operation(kind, name, variables, directives, selections(), position);
    }

    private List<Variable> variables() {
        return tokens.many(
                Kind.PAREN_OPEN,
                Kind.PAREN_CLOSE,
                () -> {
                    Position position = tokens.position();
                    String name = tokens.variable();
                    tokens.expect(Kind.COLON);
                    TypeReference type = tokens.type();
                    Literal value = tokens.skip(Kind.EQUALS) ? tokens.literal(true) : null;
                    return new Variable(name, type, value, tokens.directives(false), position);
                });
    }

    private List<Selection> selections() {
        if (!tokens.isAt(Kind.BRACE_OPEN)) {
            tokens.expect(Kind.BRACE_OPEN);
        }
        return tokens.some(Kind.BRACE_OPEN, Kind.BRACE_CLOSE, this::selection);
    }

    private Selection selection() {
        return tokens.skip(Kind.SPREAD) ? spread() : field();
    }

    private Field field() {
        Position position = tokens.position();
        String alias = tokens.name();
        String name = tokens.skip(Kind.COLON) ? tokens.name() : alias;
        List<Argument> arguments = tokens.arguments(false);
        List<Directive> directives = tokens.directives(false);
        List<Selection> selections = tokens.isAt(Kind.BRACE_OPEN) ? selections() : List.of();
        return new Field(alias, name, arguments, directives, selections, position);
    }

    private Selection spread() {
        Position position = tokens.position();
        boolean isOn = tokens.peek().value().equals("on");
        if (tokens.isAt(Kind.NAME) && !isOn) {
            return new Spread(tokens.name(), tokens.directives(false), position);
        }
        String typeName = "";
        if (isOn) {
            tokens.next();
            typeName = tokens.name();
        }
        List<Directive> directives = tokens.directives(false);
        return new InlineFragment(typeName, directives, selections(), position);
    }

    private Fragment fragment() {
        Position position = tokens.position();
        tokens.expectKeyword("fragment");
        if (tokens.peek().value().equals("on")) {
            throw tokens.unexpected();
        }
        String name = tokens.name();
        List<Variable> variables = variables();
        tokens.expectKeyword("on");
        String typeName = tokens.name();
        List<Directive> directives = tokens.directives(false);
        return new Fragment(name, variables, typeName, directives, selections(), position);
    }
}
