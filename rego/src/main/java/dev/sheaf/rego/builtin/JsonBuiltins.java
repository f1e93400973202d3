package dev.sheaf.rego.builtin;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// JSON texts of values, and values of JSON texts.
final class JsonBuiltins {
    private JsonBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "json.marshal",
                        "any -> string",
                        (a, world) -> StringValue.of(compact(a[0], world))),
                Builtin.of(
                        "json.marshal_with_options",
                        "any, object -> string",
                        JsonBuiltins::withOptions),
                Builtin.of("json.unmarshal", "string -> any", JsonBuiltins::parsed),
                Builtin.of("json.is_valid", "any -> boolean", JsonBuiltins::isValid));
    }

    static String compact(Value value, Surroundings world) {
        String text = JsonValues.text(value);
        world.work(1 + text.length() / 16);
        return text;
    }

    /// @throws BuiltinFault when it is no JSON
    static Value read(String json, Surroundings world) {
        world.work(1 + json.length() / 16);
        if (json.isBlank()) {
            throw BuiltinFault.of("unexpected end of JSON input");
        }
        try {
            Value value = JsonValues.parse(json);
            return json.contains("\\u") ? wellFormed(value) : value;
        } catch (Problem problem) {
            throw BuiltinFault.of(String.valueOf(problem.getMessage()));
        }
    }

    /// Escapes can stand for halves of characters.
    private static Value wellFormed(Value value) {
        if (value instanceof StringValue string) {
            return StringValue.of(Utf8.wellFormed(string.value()));
        }
        if (value instanceof ArrayValue array) {
            return ArrayValue.of(array.items().stream().map(JsonBuiltins::wellFormed).toList());
        }
        if (!(value instanceof ObjectValue object)) {
            return value;
        }
        ObjectValue.Builder fields = new ObjectValue.Builder(object.size());
        object.forEach((key, field) -> fields.put(wellFormed(key), wellFormed(field)));
        return fields.build();
    }

    private static Value parsed(Value[] arguments, Surroundings world) {
        return read(Operands.text(arguments, 0), world);
    }

    private static Value isValid(Value[] arguments, Surroundings world) {
        if (!(arguments[0] instanceof StringValue json)) {
            return Operands.of(false);
        }
        try {
            read(json.value(), world);
            return Operands.of(true);
        } catch (BuiltinFault fault) {
            return Operands.of(false);
        }
    }

    /// Several lines when that is asked for with `pretty`, or by giving an indent or a prefix.
    private static Value withOptions(Value[] arguments, Surroundings world) {
        ObjectValue options = Operands.object(arguments, 1);
        String prefix = "";
        String indent = "\t";
        boolean isPretty = options.get("prefix") != null || options.get("indent") != null;
        for (int i = 0; i < options.size(); i++) {
            Value value = options.value(i);
            if (!(options.key(i) instanceof StringValue key)) {
                throw BuiltinFault.type(
                        "operand 2 failed to stringify key %s at index %d: operand %d must be"
                                + " string but got %s",
                        options.key(i), i, i, options.key(i).typeName());
            }
            switch (key.value()) {
                case "prefix" -> prefix = option(key, value, i);
                case "indent" -> indent = option(key, value, i);
                case "pretty" -> {
                    if (!(value instanceof BooleanValue choice)) {
                        throw BuiltinFault.type("operand 2 key %s failed cast to bool", key);
                    }
                    isPretty = choice.value();
                }
                default ->
                        throw BuiltinFault.type("operand 2 object contained unknown key %s", key);
            }
        }
        if (!isPretty) {
            return StringValue.of(compact(arguments[0], world));
        }
        StringBuilder out = new StringBuilder(prefix);
        new Layout(out, prefix, indent, world).write(arguments[0], 0);
        return StringValue.of(out.toString());
    }

    private static String option(StringValue key, Value value, int index) {
        if (value instanceof StringValue text) {
            return text.value();
        }
        throw BuiltinFault.type(
                "operand 2 key %s failed cast to string: operand %d must be string but got %s",
                key, index, value.typeName());
    }

    /// Writes one item a line, as Go's `json.MarshalIndent`.
    private record Layout(StringBuilder out, String prefix, String indent, Surroundings world) {
        void write(Value value, int depth) {
            int before = out.length();
            if (value instanceof ArrayValue array) {
                items(array.items(), depth);
            } else if (value instanceof SetValue set) {
                items(set.items(), depth);
            } else if (value instanceof ObjectValue object) {
                fields(object, depth);
            } else {
                out.append(JsonValues.text(value));
            }
            world.work(1 + (out.length() - before) / 64);
        }

        private void items(List<Value> items, int depth) {
            List<Runnable> lines = new ArrayList<>();
            for (Value item : items) {
                lines.add(() -> write(item, depth + 1));
            }
            lines('[', lines, ']', depth);
        }

        private void fields(ObjectValue object, int depth) {
            List<Runnable> lines = new ArrayList<>();
            object.forEach((key, value) ->
                    lines.add(() -> {
                        String name = JsonValues.keyText(key);
                        out.append(JsonValues.text(StringValue.of(name)));
                        out.append(": ");
                        write(value, depth + 1);
                    }));
            lines('{', lines, '}', depth);
        }

        private void lines(char open, List<Runnable> lines, char close, int depth) {
            out.append(open);
            for (int i = 0; i < lines.size(); i++) {
                out.append(i > 0 ? "," : "").append('\n').append(prefix);
                out.repeat(indent, depth + 1);
                lines.get(i).run();
            }
            if (!lines.isEmpty()) {
                out.append('\n').append(prefix).repeat(indent, depth);
            }
            out.append(close);
        }
    }
}
