package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The parts of GraphQL documents (October 2021). Lists are empty, texts are empty, where a
/// document leaves something out.
final class Graphql {
    private Graphql() {}

    /// Counted from 1, in characters. [#NONE] where a part was not read from text.
    record Position(int line, int column) {
        static final Position NONE = new Position(0, 0);
    }

    /// Something that the specification does not allow.
    record Error(String message, Position position) {
        BuiltinFault inText() {
            return BuiltinFault.of(
                    message
                            + " in GraphQL string at location "
                            + position.line
                            + ":"
                            + position.column);
        }

        @Override
        public String toString() {
            return position.equals(Position.NONE)
                    ? "input: " + message
                    : "input:" + position.line + ":" + position.column + ": " + message;
        }
    }

    /// A document is not well-formed, or a schema not valid. Has no stack trace.
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Error error;

        Refusal(String message, Position position) {
            super(message, null, false, false);
            error = new Error(message, position);
        }
    }

    /// In the order of the numbers that OPA gives them.
    enum LiteralKind {
        VARIABLE,
        INT,
        FLOAT,
        STRING,
        BLOCK,
        BOOLEAN,
        NULL,
        ENUM,
        LIST,
        OBJECT
    }

    /// A value as it is written.
    ///
    /// @param raw text; the name of a variable
    /// @param members of lists, which have no names, and of objects
    record Literal(LiteralKind kind, String raw, List<Member> members, Position position) {
        @Nullable Literal member(String name) {
            for (Member member : members) {
                if (member.name.equals(name)) {
                    return member.value;
                }
            }
            return null;
        }

        boolean isNull() {
            return kind == LiteralKind.NULL;
        }

        @Override
        public String toString() {
            return switch (kind) {
                case VARIABLE -> "$" + raw;
                case STRING, BLOCK -> GoQuotedText.of(raw);
                case LIST ->
                        "["
                                + String.join(
                                        ",",
                                        members.stream()
                                                .map(member -> member.value.toString())
                                                .toList())
                                + "]";
                case OBJECT ->
                        "{"
                                + String.join(
                                        ",",
                                        members.stream()
                                                .map(member -> member.name + ":" + member.value)
                                                .toList())
                                + "}";
                case INT, FLOAT, BOOLEAN, NULL, ENUM -> raw;
            };
        }
    }

    record Member(String name, Literal value, Position position) {}

    record Argument(String name, Literal value, Position position) {}

    record Directive(String name, List<Argument> arguments, Position position) {}

    /// A type that something has: one that is named, or a list of such.
    ///
    /// @param name empty for a list
    record TypeReference(
            String name, @Nullable TypeReference element, boolean isRequired, Position position) {
        /// Of the innermost element.
        String innerName() {
            return element == null ? name : element.innerName();
        }

        boolean isUsableAs(TypeReference other) {
            if (!name.equals(other.name)) {
                return false;
            }
            if (element != null && (other.element == null || !element.isUsableAs(other.element))) {
                return false;
            }
            return !other.isRequired || isRequired;
        }

        TypeReference optional() {
            return new TypeReference(name, element, false, position);
        }

        @Override
        public String toString() {
            String text = element == null ? name : "[" + element + "]";
            return isRequired ? text + "!" : text;
        }
    }

    sealed interface Selection {
        List<Directive> directives();

        Position position();
    }

    record Field(
            String alias,
            String name,
            List<Argument> arguments,
            List<Directive> directives,
            List<Selection> selections,
            Position position)
            implements Selection {}

    record Spread(String name, List<Directive> directives, Position position)
            implements Selection {}

    record InlineFragment(
            String typeName,
            List<Directive> directives,
            List<Selection> selections,
            Position position)
            implements Selection {}

    record Variable(
            String name,
            TypeReference type,
            @Nullable Literal defaultValue,
            List<Directive> directives,
            Position position) {}

    /// @param kind `query`, `mutation` or `subscription`
    record Operation(
            String kind,
            String name,
            List<Variable> variables,
            List<Directive> directives,
            List<Selection> selections,
            Position position) {
        @Nullable Variable variable(String wanted) {
            for (Variable variable : variables) {
                if (variable.name.equals(wanted)) {
                    return variable;
                }
            }
            return null;
        }
    }

    record Fragment(
            String name,
            List<Variable> variables,
            String typeName,
            List<Directive> directives,
            List<Selection> selections,
            Position position) {}

    record Query(List<Operation> operations, List<Fragment> fragments) {
        @Nullable Fragment fragment(String name) {
            for (Fragment fragment : fragments) {
                if (fragment.name.equals(name)) {
                    return fragment;
                }
            }
            return null;
        }
    }

    /// A field of a type, or an argument of a field or a directive, which has no arguments.
    record FieldDefinition(
            String description,
            String name,
            List<FieldDefinition> arguments,
            @Nullable Literal defaultValue,
            TypeReference type,
            List<Directive> directives,
            Position position) {
        static @Nullable FieldDefinition find(List<FieldDefinition> all, String name) {
            for (FieldDefinition one : all) {
                if (one.name.equals(name)) {
                    return one;
                }
            }
            return null;
        }

        boolean hasDefault() {
            return defaultValue != null && !defaultValue.isNull();
        }
    }

    record EnumValue(
            String description, String name, List<Directive> directives, Position position) {}

    /// As OPA and the specification's directive locations name them.
    enum TypeKind {
        SCALAR,
        OBJECT,
        INTERFACE,
        UNION,
        ENUM,
        INPUT_OBJECT
    }

    /// @param members of a union
    record TypeDefinition(
            TypeKind kind,
            String description,
            String name,
            List<Directive> directives,
            List<String> interfaces,
            List<FieldDefinition> fields,
            List<String> members,
            List<EnumValue> values,
            Position position) {
        boolean isLeaf() {
            return kind == TypeKind.ENUM || kind == TypeKind.SCALAR;
        }

        boolean isComposite() {
            return kind == TypeKind.OBJECT || isAbstract();
        }

        boolean isAbstract() {
            return kind == TypeKind.INTERFACE || kind == TypeKind.UNION;
        }

        boolean isInput() {
            return isLeaf() || kind == TypeKind.INPUT_OBJECT;
        }

        @Nullable FieldDefinition field(String wanted) {
            return FieldDefinition.find(fields, wanted);
        }

        boolean hasValue(String wanted) {
            return values.stream().anyMatch(value -> value.name.equals(wanted));
        }
    }

    record DirectiveDefinition(
            String description,
            String name,
            List<FieldDefinition> arguments,
            List<String> locations,
            boolean isRepeatable,
            Position position) {}

    record OperationType(String operation, String type, Position position) {}

    record SchemaDefinition(
            String description,
            List<Directive> directives,
            List<OperationType> operations,
            Position position) {}

    record Schema(
            List<SchemaDefinition> definitions,
            List<SchemaDefinition> extensions,
            List<DirectiveDefinition> directives,
            List<TypeDefinition> types,
            List<TypeDefinition> typeExtensions) {}
}
