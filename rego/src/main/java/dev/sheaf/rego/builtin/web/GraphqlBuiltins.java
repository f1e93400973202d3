package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.builtin.web.Graphql.Error;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Query;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;
import dev.sheaf.rego.builtin.web.Graphql.Schema;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// `graphql.*`: reads and checks queries and schemas. Documents are texts, or objects as these
/// functions return them.
final class GraphqlBuiltins {
    private static final ArrayValue NOT_VALID =
            ArrayValue.of(BooleanValue.FALSE, ObjectValue.EMPTY, ObjectValue.EMPTY);

    private GraphqlBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("graphql.parse", "any, any -> array", GraphqlBuiltins::parse),
                Builtin.of(
                        "graphql.parse_and_verify",
                        "any, any -> array",
                        GraphqlBuiltins::parseAndVerify),
                Builtin.of(
                        "graphql.parse_query",
                        "string -> object",
                        (arguments, surroundings) ->
                                GraphqlJson.of(readQuery(arguments[0], surroundings))),
                Builtin.of(
                        "graphql.parse_schema",
                        "string -> object",
                        (arguments, surroundings) ->
                                GraphqlJson.of(readSchema(arguments[0], surroundings))),
                Builtin.of("graphql.is_valid", "any, any -> boolean", GraphqlBuiltins::isValid),
                Builtin.of(
                        "graphql.schema_is_valid",
                        "any -> boolean",
                        GraphqlBuiltins::isValidSchema));
    }

    private static Query readQuery(Value document, Surroundings surroundings) {
        return switch (document) {
            case StringValue text -> {
                surroundings.work(text.value().length() / 8);
                try {
                    yield GraphqlQueryParser.parse(text.value());
                } catch (Refusal refusal) {
                    throw refusal.error.inText();
                }
            }
            case ObjectValue object -> GraphqlReader.query(object);
            default -> throw notDocument(0, document);
        };
    }

    private static Schema readSchema(Value document, Surroundings surroundings) {
        return switch (document) {
            case StringValue text -> {
                surroundings.work(text.value().length() / 8);
                try {
                    yield GraphqlSchemaParser.parse(text.value());
                } catch (Refusal refusal) {
                    throw refusal.error.inText();
                }
            }
            case ObjectValue object -> GraphqlReader.schema(object);
            default -> throw notDocument(1, document);
        };
    }

    /// OPA counts these operands from 0.
    private static BuiltinFault notDocument(int operand, Value document) {
        return BuiltinFault.type(
                "operand %d must be one of {string, object} but got %s",
                operand, document.typeName());
    }

    /// A query and a schema that it is valid for.
    private record Valid(Query query, Schema schema) {
        static Valid of(Value[] arguments, Surroundings surroundings) {
            Query query = readQuery(arguments[0], surroundings);
            Schema schema = readSchema(arguments[1], surroundings);
            GraphqlSchema built = built(schema, surroundings);
            List<Error> faults = GraphqlWalker.check(built, query, surroundings);
            if (!faults.isEmpty()) {
                throw fault(faults);
            }
            return new Valid(query, schema);
        }
    }

    private static GraphqlSchema built(Schema schema, Surroundings surroundings) {
        surroundings.work(schema.types().size() + 100);
        try {
            return GraphqlSchema.build(schema);
        } catch (Refusal refusal) {
            throw BuiltinFault.of(
                    "Error in gqlparser SchemaDocument to Schema conversion: " + refusal.error);
        }
    }

    /// The place of the first fault stands at the end, as OPA has it; those of the others stand
    /// before them.
    private static BuiltinFault fault(List<Error> faults) {
        Error first = faults.getFirst();
        StringBuilder text = new StringBuilder(first.message()).append('\n');
        faults.stream().skip(1).forEach(fault -> text.append(fault).append('\n'));
        String message = text.toString();
        if (message.endsWith(".\n")) {
            message = message.substring(0, message.length() - 2);
        }
        Position position = first.position();
        String place =
                position.equals(Position.NONE)
                        ? ""
                        : " at location " + position.line() + ":" + position.column();
        return BuiltinFault.of(message + " in GraphQL query string" + place);
    }

    private static Value parse(Value[] arguments, Surroundings surroundings) {
        Valid valid = Valid.of(arguments, surroundings);
        return ArrayValue.of(GraphqlJson.of(valid.query), GraphqlJson.of(valid.schema));
    }

    private static Value parseAndVerify(Value[] arguments, Surroundings surroundings) {
        try {
            Valid valid = Valid.of(arguments, surroundings);
            return ArrayValue.of(
                    BooleanValue.TRUE, GraphqlJson.of(valid.query), GraphqlJson.of(valid.schema));
        } catch (BuiltinFault fault) {
            return NOT_VALID;
        }
    }

    private static Value isValid(Value[] arguments, Surroundings surroundings) {
        try {
            Valid.of(arguments, surroundings);
            return BooleanValue.TRUE;
        } catch (BuiltinFault fault) {
            return BooleanValue.FALSE;
        }
    }

    private static Value isValidSchema(Value[] arguments, Surroundings surroundings) {
        try {
            built(readSchema(arguments[0], surroundings), surroundings);
            return BooleanValue.TRUE;
        } catch (BuiltinFault fault) {
            return BooleanValue.FALSE;
        }
    }
}
