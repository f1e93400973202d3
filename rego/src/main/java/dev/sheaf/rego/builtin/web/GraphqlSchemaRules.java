package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.EnumValue;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeKind;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the specification demands of schemas (3), as OPA checks it: types and directives by name,
/// the first fault ends it.
///
/// @param reserved names of types that may begin with two underscores
record GraphqlSchemaRules(GraphqlSchema schema, Set<String> reserved) {
    private static final Set<TypeKind> OUTPUT =
            EnumSet.of(
                    TypeKind.SCALAR,
                    TypeKind.OBJECT,
                    TypeKind.INTERFACE,
                    TypeKind.UNION,
                    TypeKind.ENUM);
    private static final Set<TypeKind> INPUT =
            EnumSet.of(TypeKind.SCALAR, TypeKind.ENUM, TypeKind.INPUT_OBJECT);

    /// @throws Refusal when something is not as it must be
    void check() {
        schema.types().forEach(this::check);
        for (DirectiveDefinition directive : schema.directives()) {
            checkName(directive.name(), directive.position());
            checkArguments(directive.arguments(), directive.name());
        }
    }

    private static void checkName(String name, Position position) {
        if (name.startsWith("__")) {
            throw new Refusal(
                    "Name \"%s\" must not begin with \"__\", which is reserved by GraphQL introspection."
                            .formatted(name),
                    position);
        }
    }

    private void check(TypeDefinition type) {
        for (FieldDefinition field : type.fields()) {
            checkName(field.name(), field.position());
            checkKnown(field.type());
            checkArguments(field.arguments(), null);
            String location =
                    type.kind() == TypeKind.INPUT_OBJECT
                            ? "INPUT_FIELD_DEFINITION"
                            : "FIELD_DEFINITION";
            checkDirectives(field.directives(), location, null);
        }
        checkMembers(type);
        type.interfaces().forEach(name -> checkImplements(type, name));
        checkContent(type);
        Set<String> names = new HashSet<>();
        for (FieldDefinition field : type.fields()) {
            if (!names.add(field.name())) {
                throw new Refusal(
                        "Field %s.%s can only be defined once."
                                .formatted(type.name(), field.name()),
                        field.position());
            }
        }
        if (!reserved.contains(type.name())) {
            checkName(type.name(), type.position());
        }
        checkDirectives(type.directives(), type.kind().name(), null);
    }

    private void checkMembers(TypeDefinition type) {
        for (String name : type.members()) {
            TypeDefinition member = schema.type(name);
            if (member == null) {
                throw undefined(GoQuotedText.of(name), type.position());
            }
            if (member.kind() != TypeKind.OBJECT) {
                throw new Refusal(
                        "%s type %s must be OBJECT.".formatted(type.kind(), GoQuotedText.of(name)),
                        type.position());
            }
        }
    }

    private static Refusal undefined(String name, Position position) {
        return new Refusal("Undefined type " + name + ".", position);
    }

    private void checkContent(TypeDefinition type) {
        switch (type.kind()) {
            case OBJECT, INTERFACE -> {
                checkNotEmpty(type, type.fields(), "must define one or more fields.");
                for (FieldDefinition field : type.fields()) {
                    checkKind(field, OUTPUT, type.kind() + " " + type.name());
                }
            }
            case ENUM -> {
                checkNotEmpty(type, type.values(), "must define one or more unique enum values.");
                for (EnumValue value : type.values()) {
                    if (Set.of("true", "false", "null").contains(value.name())) {
                        throw new Refusal(
                                "ENUM %s: non-enum value %s.".formatted(type.name(), value.name()),
                                type.position());
                    }
                }
            }
            case INPUT_OBJECT -> {
                checkNotEmpty(type, type.fields(), "must define one or more input fields.");
                for (FieldDefinition field : type.fields()) {
                    TypeDefinition of = schema.type(field.type());
                    checkKind(field, INPUT, (of == null ? "" : of.kind()) + " " + field.name());
                }
            }
            case SCALAR, UNION -> {}
        }
    }

    private static void checkNotEmpty(TypeDefinition type, List<?> content, String demand) {
        if (content.isEmpty()) {
            throw new Refusal(
                    "%s %s: %s".formatted(type.kind(), type.name(), demand), type.position());
        }
    }

    private void checkKind(FieldDefinition field, Set<TypeKind> allowed, String subject) {
        TypeDefinition type = schema.type(field.type());
        if (type != null && !allowed.contains(type.kind())) {
            String list = String.join(", ", allowed.stream().map(TypeKind::name).toList());
            throw new Refusal(subject + ": field must be one of " + list + ".", field.position());
        }
    }

    private TypeDefinition checkKnown(TypeReference reference) {
        TypeDefinition type = schema.type(reference);
        if (type == null) {
            throw undefined(reference.innerName(), reference.position());
        }
        return type;
    }

    /// @param directive that the arguments are of, if any
    private void checkArguments(List<FieldDefinition> arguments, @Nullable String directive) {
        for (FieldDefinition argument : arguments) {
            checkName(argument.name(), argument.position());
            TypeDefinition type = checkKnown(argument.type());
            if (!type.isInput()) {
                throw new Refusal(
                        "cannot use %s as argument %s because %s is not a valid input type"
                                .formatted(argument.type(), argument.name(), type.kind()),
                        argument.position());
            }
            checkDirectives(argument.directives(), "ARGUMENT_DEFINITION", directive);
        }
    }

    private void checkDirectives(
            List<Directive> directives, String location, @Nullable String within) {
        for (Directive directive : directives) {
            String name = directive.name();
            checkName(name, directive.position());
            if (name.equals(within)) {
                throw new Refusal(
                        "Directive " + name + " cannot refer to itself.", directive.position());
            }
            DirectiveDefinition definition = schema.directive(name);
            if (definition == null) {
                throw new Refusal("Undefined directive " + name + ".", directive.position());
            }
            if (!definition.locations().contains(location)) {
                throw new Refusal(
                        "Directive %s is not applicable on %s.".formatted(name, location),
                        directive.position());
            }
        }
    }

    private void checkImplements(TypeDefinition type, String name) {
        TypeDefinition other = schema.type(name);
        if (other == null) {
            throw undefined(GoQuotedText.of(name), type.position());
        }
        if (other.kind() != TypeKind.INTERFACE) {
            throw new Refusal(
                    "%s is a non interface type %s.".formatted(GoQuotedText.of(name), other.kind()),
                    type.position());
        }
        for (FieldDefinition demanded : other.fields()) {
            checkField(type, other, demanded);
        }
        for (String inherited : other.interfaces()) {
            if (type.interfaces().contains(inherited)) {
                continue;
            }
            if (inherited.equals(type.name())) {
                throw new Refusal(
                        "Type %s cannot implement %s because it would create a circular reference."
                                .formatted(type.name(), name),
                        type.position());
            }
            throw new Refusal(
                    "Type %s must implement %s because it is implemented by %s."
                            .formatted(type.name(), inherited, name),
                    type.position());
        }
    }

    private void checkField(TypeDefinition type, TypeDefinition other, FieldDefinition demanded) {
        String start = "For " + type.name() + " to implement " + other.name() + " ";
        FieldDefinition field = type.field(demanded.name());
        if (field == null) {
            throw new Refusal(
                    start + "it must have a field called " + demanded.name() + ".",
                    type.position());
        }
        if (!isCovariant(demanded.type(), field.type())) {
            throw new Refusal(
                    start
                            + "the field %s must have type %s."
                                    .formatted(demanded.name(), demanded.type()),
                    field.position());
        }
        for (FieldDefinition argument : demanded.arguments()) {
            FieldDefinition own = FieldDefinition.find(field.arguments(), argument.name());
            String same =
                    start + "the field " + demanded.name() + " must have the same arguments but ";
            if (own == null) {
                throw new Refusal(
                        same + "it is missing " + argument.name() + ".", field.position());
            }
            if (!argument.type().isUsableAs(own.type())) {
                throw new Refusal(same + argument.name() + " has the wrong type.", own.position());
            }
        }
        for (FieldDefinition own : field.arguments()) {
            boolean isNew = FieldDefinition.find(demanded.arguments(), own.name()) == null;
            if (isNew && own.type().isRequired() && own.defaultValue() == null) {
                throw new Refusal(
                        start
                                + ("any additional arguments on %s must be optional or have a"
                                                + " default value but %s is required.")
                                        .formatted(field.name(), own.name()),
                        own.position());
            }
        }
    }

    private boolean isCovariant(TypeReference demanded, TypeReference actual) {
        if (demanded.isRequired() && !actual.isRequired()) {
            return false;
        }
        if (demanded.element() != null) {
            return actual.element() != null && isCovariant(demanded.element(), actual.element());
        }
        return demanded.name().equals(actual.name())
                || !actual.name().isEmpty()
                        && schema.possibleTypes(demanded.name()).stream()
                                .anyMatch(type -> type.name().equals(actual.name()));
    }
}
