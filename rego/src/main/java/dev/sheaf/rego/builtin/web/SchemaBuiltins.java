package dev.sheaf.rego.builtin.web;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// `json.match_schema` and `json.verify_schema`.
final class SchemaBuiltins {
    private SchemaBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("json.match_schema", "any, any -> array", SchemaBuiltins::match),
                Builtin.of("json.verify_schema", "any -> array", SchemaBuiltins::verify));
    }

    private static Value match(Value[] arguments, Surroundings surroundings) {
        Value document = json(arguments[0]);
        SchemaNode schema = compiled(arguments[1], surroundings);
        SchemaOutcome outcome = new SchemaCheck(surroundings).check(schema, document);
        List<Value> faults = outcome.faults.stream().map(SchemaOutcome.Fault::json).toList();
        return ArrayValue.of(BooleanValue.of(outcome.isValid()), ArrayValue.of(faults));
    }

    private static Value verify(Value[] arguments, Surroundings surroundings) {
        try {
            compiled(arguments[0], surroundings);
            return ArrayValue.of(BooleanValue.TRUE, NullValue.NULL);
        } catch (BuiltinFault fault) {
            return ArrayValue.of(
                    BooleanValue.FALSE, StringValue.of("jsonschema: " + fault.getMessage()));
        }
    }

    private static SchemaNode compiled(Value schema, Surroundings surroundings) {
        Value document = json(schema);
        String text = JsonValues.text(document);
        surroundings.work(text.length() / 16);
        return surroundings
                .expressions()
                .kept(SchemaNode.class, text, source -> SchemaCompiler.compile(document));
    }

    /// A text is taken for JSON.
    private static Value json(Value value) {
        return switch (value) {
            case StringValue text -> {
                try {
                    if (text.value().isBlank()) {
                        throw BuiltinFault.of("invalid JSON string");
                    }
                    yield JsonValues.parse(text.value());
                } catch (Problem problem) {
                    throw BuiltinFault.of("invalid JSON string");
                }
            }
            // Keys and sets become what JSON has for them.
            case ObjectValue object -> JsonValues.of(JsonValues.toJson(object));
            case ArrayValue array -> JsonValues.of(JsonValues.toJson(array));
            default -> throw BuiltinFault.of("wrong type, expected string or object");
        };
    }
}
