package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.BooleanValue;

import java.util.List;

/// Functions that the language itself stands on.
final class LanguageBuiltins {
    private LanguageBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "equal",
                        "any, any -> boolean",
                        (values, around) -> BooleanValue.of(values[0].equals(values[1]))));
    }
}
