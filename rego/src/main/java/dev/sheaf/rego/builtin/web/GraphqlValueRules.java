package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.EnumValue;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.LiteralKind;
import dev.sheaf.rego.builtin.web.Graphql.Member;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeKind;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.Graphql.Variable;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules on values.
final class GraphqlValueRules {
    private GraphqlValueRules() {}

    static final class UniqueInputFieldNames implements GraphqlRule {
        @Override
        public void value(Walk walk, SeenValue seen) {
            if (seen.value().kind() != LiteralKind.OBJECT) {
                return;
            }
            Set<String> names = new HashSet<>();
            for (Member member : seen.value().members()) {
                if (!names.add(member.name())) {
                    walk.fault(
                            "There can be only one input field named \"%s\"."
                                    .formatted(member.name()),
                            member.position());
                }
            }
        }
    }

    static final class VariablesInAllowedPosition implements GraphqlRule {
        @Override
        public void value(Walk walk, SeenValue seen) {
            Variable variable = seen.variable();
            TypeReference expected = seen.type();
            if (variable == null || expected == null) {
                return;
            }
            boolean hasDefault =
                    seen.hasDefault()
                            || variable.defaultValue() != null && !variable.defaultValue().isNull();
            if (!variable.type().isUsableAs(hasDefault ? expected.optional() : expected)) {
                walk.fault(
                        "Variable \"%s\" of type \"%s\" used in position expecting type \"%s\"."
                                .formatted(seen.value(), variable.type(), expected),
                        seen.value().position());
            }
        }
    }

    static final class ValuesOfCorrectType implements GraphqlRule {
        private static final Set<String> SCALARS =
                Set.of("Int", "Float", "String", "Boolean", "ID");

        @Override
        public void value(Walk walk, SeenValue seen) {
            TypeReference type = seen.type();
            TypeDefinition definition = seen.definition();
            if (type == null
                    || definition == null
                    || definition.kind() == TypeKind.SCALAR
                            && !SCALARS.contains(definition.name())) {
                return;
            }
            Literal value = seen.value();
            if (!fits64Bits(value)) {
                unexpected(walk, value, type, definition);
            }
            boolean isRight =
                    switch (value.kind()) {
                        case NULL -> !type.isRequired();
                        case LIST -> type.element() != null;
                        case INT -> Set.of("Int", "Float", "ID").contains(definition.name());
                        case FLOAT -> definition.name().equals("Float");
                        case STRING, BLOCK -> {
                            if (definition.kind() == TypeKind.ENUM) {
                                walk.fault(
                                        "Enum \"%s\" cannot represent non-enum value: %s.%s"
                                                .formatted(
                                                        type,
                                                        value,
                                                        enumQuestion(value, definition)),
                                        value.position());
                                yield true;
                            }
                            yield Set.of("String", "ID").contains(definition.name());
                        }
                        case ENUM -> {
                            boolean isEnum = definition.kind() == TypeKind.ENUM;
                            if (isEnum && !definition.hasValue(value.raw())) {
                                walk.fault(
                                        "Value \"%s\" does not exist in \"%s\" enum.%s"
                                                .formatted(
                                                        value,
                                                        type,
                                                        enumQuestion(value, definition)),
                                        value.position());
                            }
                            yield isEnum;
                        }
                        case BOOLEAN -> definition.name().equals("Boolean");
                        case OBJECT -> {
                            object(walk, value, definition);
                            yield true;
                        }
                        case VARIABLE -> true;
                    };
            if (!isRight) {
                unexpected(walk, value, type, definition);
            }
        }

        /// Everywhere in it.
        private static boolean fits64Bits(Literal value) {
            return value.kind() == LiteralKind.INT
                    ? isInteger(value.raw()) && new BigInteger(value.raw()).bitLength() < 64
                    : value.members().stream().allMatch(member -> fits64Bits(member.value()));
        }

        private static boolean isInteger(String raw) {
            return raw.matches("-?[0-9]+");
        }

        private static String enumQuestion(Literal value, TypeDefinition definition) {
            List<String> names = definition.values().stream().map(EnumValue::name).toList();
            return Suggestions.text("Did you mean the enum value", value.raw(), names);
        }

        private static void object(Walk walk, Literal value, TypeDefinition definition) {
            for (FieldDefinition field : definition.fields()) {
                boolean isNeeded = field.type().isRequired() && field.defaultValue() == null;
                if (isNeeded && value.member(field.name()) == null) {
                    walk.fault(
                            "Field \"%s.%s\" of required type \"%s\" was not provided."
                                    .formatted(definition.name(), field.name(), field.type()),
                            value.position());
                }
            }
            List<String> names = definition.fields().stream().map(FieldDefinition::name).toList();
            for (Member member : value.members()) {
                if (definition.field(member.name()) == null) {
                    walk.fault(
                            "Field \"%s\" is not defined by type \"%s\".%s"
                                    .formatted(
                                            member.name(),
                                            definition.name(),
                                            Suggestions.text("Did you mean", member.name(), names)),
                            member.position());
                }
            }
        }

        private static void unexpected(
                Walk walk, Literal value, TypeReference type, TypeDefinition definition) {
            String message =
                    switch (type.toString()) {
                        case "Int", "Int!" ->
                                isInteger(value.raw())
                                                && new BigInteger(value.raw()).bitLength() > 31
                                        ? "Int cannot represent non 32-bit signed integer value: "
                                                + value
                                        : "Int cannot represent non-integer value: " + value;
                        case "String", "String!", "[String]" ->
                                "String cannot represent a non string value: " + value;
                        case "Boolean", "Boolean!" ->
                                "Boolean cannot represent a non boolean value: " + value;
                        case "Float", "Float!" ->
                                "Float cannot represent non numeric value: " + value;
                        case "ID", "ID!" ->
                                "ID cannot represent a non-string and non-integer value: " + value;
                        default ->
                                definition.kind() == TypeKind.ENUM
                                        ? "Enum \"%s\" cannot represent non-enum value: %s."
                                                .formatted(type, value)
                                        : "Expected value of type \"%s\", found %s."
                                                .formatted(type, value);
                    };
            walk.fault(message, value.position());
        }
    }
}
