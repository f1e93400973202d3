package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.EnumValue;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.OperationType;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;
import dev.sheaf.rego.builtin.web.Graphql.Schema;
import dev.sheaf.rego.builtin.web.Graphql.SchemaDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeKind;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.GraphqlLexer.Kind;
import dev.sheaf.rego.builtin.web.GraphqlLexer.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads definitions of types, directives and schemas (specification, 3). Used by one thread, once.
final class GraphqlSchemaParser {
    private static final Map<String, TypeKind> KINDS =
            Map.of(
                    "scalar", TypeKind.SCALAR,
                    "type", TypeKind.OBJECT,
                    "interface", TypeKind.INTERFACE,
                    "union", TypeKind.UNION,
                    "enum", TypeKind.ENUM,
                    "input", TypeKind.INPUT_OBJECT);
    private static final Set<String> LOCATIONS =
            Set.of(
                    "QUERY",
                    "MUTATION",
                    "SUBSCRIPTION",
                    "FIELD",
                    "FRAGMENT_DEFINITION",
                    "FRAGMENT_SPREAD",
                    "INLINE_FRAGMENT",
                    "VARIABLE_DEFINITION",
                    "SCHEMA",
                    "SCALAR",
                    "OBJECT",
                    "FIELD_DEFINITION",
                    "ARGUMENT_DEFINITION",
                    "INTERFACE",
                    "UNION",
                    "ENUM",
                    "ENUM_VALUE",
                    "INPUT_OBJECT",
                    "INPUT_FIELD_DEFINITION");

    private final GraphqlTokens tokens;

    private GraphqlSchemaParser(String source) {
        tokens = new GraphqlTokens(source);
    }

    /// @throws Refusal when it is no schema document
    static Schema parse(String source) {
        return new GraphqlSchemaParser(source).document();
    }

    private Schema document() {
        Schema schema =
                new Schema(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        while (!tokens.isAt(Kind.END)) {
            String description = tokens.description();
            if (!tokens.isAt(Kind.NAME)) {
                throw tokens.unexpected();
            }
            String word = tokens.peek().value();
            if (KINDS.containsKey(word)) {
                schema.types().add(type(description, false));
            } else if (word.equals("schema")) {
                schema.definitions().add(schema(description, false));
            } else if (word.equals("directive")) {
                schema.directives().add(directive(description));
            } else if (word.equals("extend")) {
                if (!description.isEmpty()) {
                    throw GraphqlTokens.unexpected(tokens.previous());
                }
                extension(schema);
            } else {
                throw tokens.unexpected();
            }
        }
        return schema;
    }

    private void extension(Schema schema) {
        tokens.expectKeyword("extend");
        String word = tokens.peek().value();
        if (word.equals("schema")) {
            schema.extensions().add(schema("", true));
        } else if (KINDS.containsKey(word)) {
            schema.typeExtensions().add(type("", true));
        } else {
            throw tokens.unexpected();
        }
    }

    private SchemaDefinition schema(String description, boolean isExtension) {
        tokens.expectKeyword("schema");
        Position position = tokens.position();
        List<Directive> directives = tokens.directives(true);
        List<OperationType> operations =
                tokens.some(
                        Kind.BRACE_OPEN,
                        Kind.BRACE_CLOSE,
                        () -> {
                            Position at = tokens.position();
                            String operation = tokens.operationKind();
                            tokens.expect(Kind.COLON);
                            return new OperationType(operation, tokens.name(), at);
                        });
        if (isExtension && directives.isEmpty() && operations.isEmpty()) {
            throw tokens.unexpected();
        }
        return new SchemaDefinition(description, directives, operations, position);
    }

    private TypeDefinition type(String description, boolean isExtension) {
        TypeKind kind = KINDS.get(tokens.expect(Kind.NAME).value());
        if (kind == null) {
            throw tokens.unexpected();
        }
        Position position = tokens.position();
        String name = tokens.name();
        boolean mayImplement =
                kind == TypeKind.OBJECT || kind == TypeKind.INTERFACE && !isExtension;
        List<String> interfaces = mayImplement ? interfaces() : List.of();
        List<Directive> directives =
                tokens.directives(!(isExtension && kind == TypeKind.INPUT_OBJECT));
        List<FieldDefinition> fields =
                switch (kind) {
                    case OBJECT, INTERFACE ->
                            tokens.some(Kind.BRACE_OPEN, Kind.BRACE_CLOSE, this::field);
                    case INPUT_OBJECT ->
                            tokens.some(Kind.BRACE_OPEN, Kind.BRACE_CLOSE, this::input);
                    case SCALAR, UNION, ENUM -> List.of();
                };
        List<String> members = kind == TypeKind.UNION ? members() : List.of();
        List<EnumValue> values =
                kind == TypeKind.ENUM
                        ? tokens.some(Kind.BRACE_OPEN, Kind.BRACE_CLOSE, this::enumValue)
                        : List.of();
        boolean isEmpty =
                interfaces.isEmpty()
                        && directives.isEmpty()
                        && fields.isEmpty()
                        && members.isEmpty()
                        && values.isEmpty();
        if (isExtension && isEmpty) {
            throw tokens.unexpected();
        }
        return new TypeDefinition(
                kind, description, name, directives, interfaces, fields, members, values, position);
    }

    private List<String> interfaces() {
        if (!tokens.peek().value().equals("implements")) {
            return List.of();
        }
        tokens.next();
        tokens.skip(Kind.AMPERSAND);
        List<String> names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skip(Kind.AMPERSAND)) {
            names.add(tokens.name());
        }
        return names;
    }

    private List<String> members() {
        if (!tokens.skip(Kind.EQUALS)) {
            return List.of();
        }
        tokens.skip(Kind.PIPE);
        List<String> names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skip(Kind.PIPE)) {
            names.add(tokens.name());
        }
        return names;
    }

    private FieldDefinition field() {
        Position position = tokens.position();
        String description = tokens.description();
        String name = tokens.name();
        List<FieldDefinition> arguments = arguments();
        tokens.expect(Kind.COLON);
        TypeReference type = tokens.type();
        return new FieldDefinition(
                description, name, arguments, null, type, tokens.directives(true), position);
    }

    private List<FieldDefinition> arguments() {
        return tokens.some(Kind.PAREN_OPEN, Kind.PAREN_CLOSE, this::input);
    }

    private FieldDefinition input() {
        Position position = tokens.position();
        String description = tokens.description();
        String name = tokens.name();
        tokens.expect(Kind.COLON);
        TypeReference type = tokens.type();
        Literal value = tokens.skip(Kind.EQUALS) ? tokens.literal(true) : null;
        return new FieldDefinition(
                description, name, List.of(), value, type, tokens.directives(true), position);
    }

    private EnumValue enumValue() {
        Position position = tokens.position();
        String description = tokens.description();
        return new EnumValue(description, tokens.name(), tokens.directives(true), position);
    }

    private DirectiveDefinition directive(String description) {
        tokens.expectKeyword("directive");
        tokens.expect(Kind.AT);
        Position position = tokens.position();
        String name = tokens.name();
        List<FieldDefinition> arguments = arguments();
        boolean isRepeatable = tokens.isAt(Kind.NAME) && tokens.peek().value().equals("repeatable");
        if (isRepeatable) {
            tokens.next();
        }
        tokens.expectKeyword("on");
        tokens.skip(Kind.PIPE);
        List<String> locations = new ArrayList<>(List.of(location()));
        while (tokens.skip(Kind.PIPE)) {
            locations.add(location());
        }
        return new DirectiveDefinition(
                description, name, arguments, locations, isRepeatable, position);
    }

    private String location() {
        Token token = tokens.expect(Kind.NAME);
        if (!LOCATIONS.contains(token.value())) {
            throw GraphqlTokens.unexpected(token);
        }
        return token.value();
    }
}
