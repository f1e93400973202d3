package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// YAML texts of values, and values of YAML texts.
final class YamlBuiltins {
    private YamlBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "yaml.marshal",
                        "any -> string",
                        (a, world) -> StringValue.of(YamlWriting.write(a[0], world))),
                Builtin.of(
                        "yaml.unmarshal",
                        "string -> any",
                        (a, world) -> YamlReading.read(Operands.text(a, 0), world)),
                Builtin.of("yaml.is_valid", "any -> boolean", YamlBuiltins::isValid));
    }

    private static Value isValid(Value[] arguments, Surroundings world) {
        if (!(arguments[0] instanceof StringValue yaml)) {
            return Operands.of(false);
        }
        try {
            YamlReading.read(yaml.value(), world);
            return Operands.of(true);
        } catch (BuiltinFault fault) {
            return Operands.of(false);
        }
    }
}
