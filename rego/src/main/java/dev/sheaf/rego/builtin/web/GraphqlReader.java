package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.EnumValue;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.LiteralKind;
import dev.sheaf.rego.builtin.web.Graphql.Member;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.OperationType;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Query;
import dev.sheaf.rego.builtin.web.Graphql.Schema;
import dev.sheaf.rego.builtin.web.Graphql.SchemaDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeKind;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.Graphql.Variable;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Reads what [GraphqlJson] writes: the way from a policy's object to a document. Fields that are
/// missing or null are empty; what else the object has does not matter.
final class GraphqlReader {
    private final ObjectValue object;

    private GraphqlReader(ObjectValue object) {
        this.object = object;
    }

    /// @throws BuiltinFault when a field is of the wrong type
    static Query query(ObjectValue object) {
        GraphqlReader reader = new GraphqlReader(object);
        return new Query(
                reader.list("Operations", GraphqlReader::operation),
                reader.list("Fragments", GraphqlReader::fragment));
    }

    /// @throws BuiltinFault when a field is of the wrong type
    static Schema schema(ObjectValue object) {
        GraphqlReader reader = new GraphqlReader(object);
        return new Schema(
                reader.list("Schema", GraphqlReader::schemaDefinition),
                reader.list("SchemaExtension", GraphqlReader::schemaDefinition),
                reader.list("Directives", GraphqlReader::directiveDefinition),
                reader.list("Definitions", GraphqlReader::type),
                reader.list("Extensions", GraphqlReader::type));
    }

    private static BuiltinFault wrong(String field, Value value) {
        return BuiltinFault.of(
                "json: cannot unmarshal %s into field %s of a GraphQL document",
                value.typeName(), field);
    }

    private @Nullable Value field(String name) {
        Value value = object.get(name);
        return value == NullValue.NULL ? null : value;
    }

    private String text(String name) {
        return switch (field(name)) {
            case null -> "";
            case StringValue text -> text.value();
            case Value other -> throw wrong(name, other);
        };
    }

    private boolean flag(String name) {
        return switch (field(name)) {
            case null -> false;
            case BooleanValue bool -> bool.value();
            case Value other -> throw wrong(name, other);
        };
    }

    private <T> List<T> list(String name, Function<GraphqlReader, T> read) {
        List<T> all = new ArrayList<>();
        for (Value item : items(name)) {
            if (!(item instanceof ObjectValue one)) {
                throw wrong(name, item);
            }
            all.add(read.apply(new GraphqlReader(one)));
        }
        return all;
    }

    private List<Value> items(String name) {
        return switch (field(name)) {
            case null -> List.of();
            case ArrayValue array -> array.items();
            case Value other -> throw wrong(name, other);
        };
    }

    private List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (Value item : items(name)) {
            if (!(item instanceof StringValue text)) {
                throw wrong(name, item);
            }
            all.add(text.value());
        }
        return all;
    }

    private <T> @Nullable T optional(String name, Function<GraphqlReader, T> read) {
        return switch (field(name)) {
            case null -> null;
            case ObjectValue one -> read.apply(new GraphqlReader(one));
            case Value other -> throw wrong(name, other);
        };
    }

    private <T> T required(String name, Function<GraphqlReader, T> read) {
        T value = optional(name, read);
        if (value == null) {
            throw BuiltinFault.of("field %s of a GraphQL document is missing", name);
        }
        return value;
    }

    private List<Directive> directives() {
        return list(
                "Directives",
                one -> new Directive(one.text("Name"), one.arguments(), Position.NONE));
    }

    private List<Argument> arguments() {
        return list(
                "Arguments",
                one ->
                        new Argument(
                                one.text("Name"),
                                one.required("Value", GraphqlReader::literal),
                                Position.NONE));
    }

    private Literal literal() {
        LiteralKind[] kinds = LiteralKind.values();
        Value kind = field("Kind");
        int number =
                switch (kind) {
                    case null -> 0;
                    case NumberValue value when value.isLong() && value.longValue() >= 0 ->
                            (int) Math.min(value.longValue(), kinds.length);
                    case Value other -> throw wrong("Kind", other);
                };
        if (number >= kinds.length) {
            throw BuiltinFault.of(
                    "GraphQL documents have no values of kind %s", String.valueOf(kind));
        }
        return new Literal(
                kinds[number],
                text("Raw"),
                list(
                        "Children",
                        one ->
                                new Member(
                                        one.text("Name"),
                                        one.required("Value", GraphqlReader::literal),
                                        Position.NONE)),
                Position.NONE);
    }

    private TypeReference typeReference() {
        return new TypeReference(
                text("NamedType"),
                optional("Elem", GraphqlReader::typeReference),
                flag("NonNull"),
                Position.NONE);
    }

    private Variable variable() {
        return new Variable(
                text("Variable"),
                required("Type", GraphqlReader::typeReference),
                optional("DefaultValue", GraphqlReader::literal),
                directives(),
                Position.NONE);
    }

    private Operation operation() {
        return new Operation(
                text("Operation"),
                text("Name"),
                list("VariableDefinitions", GraphqlReader::variable),
                directives(),
                selections(),
                Position.NONE);
    }

    private Fragment fragment() {
        return new Fragment(
                text("Name"),
                list("VariableDefinition", GraphqlReader::variable),
                text("TypeCondition"),
                directives(),
                selections(),
                Position.NONE);
    }

    private List<Selection> selections() {
        return list("SelectionSet", GraphqlReader::selection);
    }

    /// The three kinds are told by the fields that only they have.
    private Selection selection() {
        if (field("TypeCondition") != null) {
            return new InlineFragment(
                    text("TypeCondition"), directives(), selections(), Position.NONE);
        }
        if (field("Alias") == null && field("Arguments") == null && field("SelectionSet") == null) {
            return new Spread(text("Name"), directives(), Position.NONE);
        }
        return new Field(
                text("Alias"),
                text("Name"),
                arguments(),
                directives(),
                selections(),
                Position.NONE);
    }

    private SchemaDefinition schemaDefinition() {
        return new SchemaDefinition(
                text("Description"),
                directives(),
                list(
                        "OperationTypes",
                        one ->
                                new OperationType(
                                        one.text("Operation"), one.text("Type"), Position.NONE)),
                Position.NONE);
    }

    private DirectiveDefinition directiveDefinition() {
        return new DirectiveDefinition(
                text("Description"),
                text("Name"),
                list("Arguments", GraphqlReader::fieldDefinition),
                texts("Locations"),
                flag("IsRepeatable"),
                Position.NONE);
    }

    private FieldDefinition fieldDefinition() {
        return new FieldDefinition(
                text("Description"),
                text("Name"),
                list("Arguments", GraphqlReader::fieldDefinition),
                optional("DefaultValue", GraphqlReader::literal),
                required("Type", GraphqlReader::typeReference),
                directives(),
                Position.NONE);
    }

    private TypeDefinition type() {
        String kind = text("Kind");
        if (Arrays.stream(TypeKind.values()).noneMatch(one -> one.name().equals(kind))) {
            throw BuiltinFault.of("GraphQL has no kind of types %s", GoQuotedText.of(kind));
        }
        return new TypeDefinition(
                TypeKind.valueOf(kind),
                text("Description"),
                text("Name"),
                directives(),
                texts("Interfaces"),
                list("Fields", GraphqlReader::fieldDefinition),
                texts("Types"),
                list(
                        "EnumValues",
                        one ->
                                new EnumValue(
                                        one.text("Description"),
                                        one.text("Name"),
                                        one.directives(),
                                        Position.NONE)),
                Position.NONE);
    }
}
