package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.EnumValue;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.Member;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.OperationType;
import dev.sheaf.rego.builtin.web.Graphql.Query;
import dev.sheaf.rego.builtin.web.Graphql.Schema;
import dev.sheaf.rego.builtin.web.Graphql.SchemaDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.Graphql.Variable;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// GraphQL documents as OPA's functions return them: without positions, and without what is empty
/// or null.
final class GraphqlJson {
    private final ObjectValue.Builder fields = new ObjectValue.Builder();

    private GraphqlJson() {}

    static ObjectValue of(Query query) {
        return new GraphqlJson()
                .list("Operations", query.operations(), GraphqlJson::operation)
                .list("Fragments", query.fragments(), GraphqlJson::fragment)
                .build();
    }

    static ObjectValue of(Schema schema) {
        return new GraphqlJson()
                .list("Schema", schema.definitions(), GraphqlJson::schema)
                .list("SchemaExtension", schema.extensions(), GraphqlJson::schema)
                .list("Directives", schema.directives(), GraphqlJson::directiveDefinition)
                .list("Definitions", schema.types(), GraphqlJson::type)
                .list("Extensions", schema.typeExtensions(), GraphqlJson::type)
                .build();
    }

    private ObjectValue build() {
        return fields.build();
    }

    private GraphqlJson text(String name, String value) {
        fields.put(name, StringValue.of(value));
        return this;
    }

    private GraphqlJson flag(String name, boolean value) {
        fields.put(name, BooleanValue.of(value));
        return this;
    }

    private <T> GraphqlJson list(String name, List<T> items, Function<T, ObjectValue> json) {
        List<Value> values = new ArrayList<>(items.size());
        for (T item : items) {
            ObjectValue value = json.apply(item);
            if (value.size() > 0) {
                values.add(value);
            }
        }
        if (!values.isEmpty()) {
            fields.put(name, ArrayValue.of(values));
        }
        return this;
    }

    private GraphqlJson texts(String name, List<String> items) {
        if (!items.isEmpty()) {
            fields.put(name, ArrayValue.of(items.stream().map(StringValue::of).toList()));
        }
        return this;
    }

    private <T> GraphqlJson optional(String name, @Nullable T item, Function<T, ObjectValue> json) {
        if (item != null) {
            fields.put(name, json.apply(item));
        }
        return this;
    }

    private static ObjectValue operation(Operation operation) {
        return new GraphqlJson()
                .text("Operation", operation.kind())
                .text("Name", operation.name())
                .list("VariableDefinitions", operation.variables(), GraphqlJson::variable)
                .list("Directives", operation.directives(), GraphqlJson::directive)
                .list("SelectionSet", operation.selections(), GraphqlJson::selection)
                .build();
    }

    private static ObjectValue fragment(Fragment fragment) {
        return new GraphqlJson()
                .text("Name", fragment.name())
                .list("VariableDefinition", fragment.variables(), GraphqlJson::variable)
                .text("TypeCondition", fragment.typeName())
                .list("Directives", fragment.directives(), GraphqlJson::directive)
                .list("SelectionSet", fragment.selections(), GraphqlJson::selection)
                .build();
    }

    private static ObjectValue variable(Variable variable) {
        return new GraphqlJson()
                .text("Variable", variable.name())
                .optional("Type", variable.type(), GraphqlJson::typeReference)
                .optional("DefaultValue", variable.defaultValue(), GraphqlJson::literal)
                .list("Directives", variable.directives(), GraphqlJson::directive)
                .flag("Used", false)
                .build();
    }

    private static ObjectValue selection(Selection selection) {
        GraphqlJson json = new GraphqlJson();
        json.list("Directives", selection.directives(), GraphqlJson::directive);
        return switch (selection) {
            case Field field ->
                    json.text("Alias", field.alias())
                            .text("Name", field.name())
                            .list("Arguments", field.arguments(), GraphqlJson::argument)
                            .list("SelectionSet", field.selections(), GraphqlJson::selection)
                            .build();
            case Spread spread -> json.text("Name", spread.name()).build();
            case InlineFragment inline ->
                    json.text("TypeCondition", inline.typeName())
                            .list("SelectionSet", inline.selections(), GraphqlJson::selection)
                            .build();
        };
    }

    private static ObjectValue argument(Argument argument) {
        return new GraphqlJson()
                .text("Name", argument.name())
                .optional("Value", argument.value(), GraphqlJson::literal)
                .build();
    }

    private static ObjectValue directive(Directive directive) {
        return new GraphqlJson()
                .text("Name", directive.name())
                .list("Arguments", directive.arguments(), GraphqlJson::argument)
                .text("Location", "")
                .build();
    }

    private static ObjectValue literal(Literal literal) {
        GraphqlJson json =
                new GraphqlJson()
                        .text("Raw", literal.raw())
                        .list("Children", literal.members(), GraphqlJson::member)
                        .flag("ExpectedTypeHasDefault", false);
        json.fields.put("Kind", NumberValue.of(literal.kind().ordinal()));
        return json.build();
    }

    private static ObjectValue member(Member member) {
        return new GraphqlJson()
                .text("Name", member.name())
                .optional("Value", member.value(), GraphqlJson::literal)
                .build();
    }

    private static ObjectValue typeReference(TypeReference type) {
        return new GraphqlJson()
                .text("NamedType", type.name())
                .optional("Elem", type.element(), GraphqlJson::typeReference)
                .flag("NonNull", type.isRequired())
                .build();
    }

    private static ObjectValue schema(SchemaDefinition schema) {
        return new GraphqlJson()
                .text("Description", schema.description())
                .list("Directives", schema.directives(), GraphqlJson::directive)
                .list("OperationTypes", schema.operations(), GraphqlJson::operationType)
                .build();
    }

    private static ObjectValue operationType(OperationType type) {
        return new GraphqlJson()
                .text("Operation", type.operation())
                .text("Type", type.type())
                .build();
    }

    private static ObjectValue directiveDefinition(DirectiveDefinition directive) {
        return new GraphqlJson()
                .text("Description", directive.description())
                .text("Name", directive.name())
                .list("Arguments", directive.arguments(), GraphqlJson::field)
                .texts("Locations", directive.locations())
                .flag("IsRepeatable", directive.isRepeatable())
                .build();
    }

    private static ObjectValue type(TypeDefinition type) {
        return new GraphqlJson()
                .text("Kind", type.kind().name())
                .text("Description", type.description())
                .text("Name", type.name())
                .list("Directives", type.directives(), GraphqlJson::directive)
                .texts("Interfaces", type.interfaces())
                .list("Fields", type.fields(), GraphqlJson::field)
                .texts("Types", type.members())
                .list("EnumValues", type.values(), GraphqlJson::enumValue)
                .flag("BuiltIn", false)
                .build();
    }

    private static ObjectValue field(FieldDefinition field) {
        return new GraphqlJson()
                .text("Description", field.description())
                .text("Name", field.name())
                .list("Arguments", field.arguments(), GraphqlJson::field)
                .optional("DefaultValue", field.defaultValue(), GraphqlJson::literal)
                .optional("Type", field.type(), GraphqlJson::typeReference)
                .list("Directives", field.directives(), GraphqlJson::directive)
                .build();
    }

    private static ObjectValue enumValue(EnumValue value) {
        return new GraphqlJson()
                .text("Description", value.description())
                .text("Name", value.name())
                .list("Directives", value.directives(), GraphqlJson::directive)
                .build();
    }
}
