package dev.sheaf.rego.builtin;

import dev.sheaf.rego.syntax.AstValues;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// Functions that the language itself stands on, or that speak of it.
final class LanguageBuiltins {
    private LanguageBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "equal",
                        "any, any -> boolean",
                        (values, around) -> BooleanValue.of(values[0].equals(values[1]))),
                Builtin.of(
                        "rego.parse_module",
                        "string, string -> object",
                        (values, around) ->
                                parse(
                                        ((StringValue) values[0]).value(),
                                        ((StringValue) values[1]).value())),
                // Of a rule they are constants; in a query there is no rule.
                Builtin.of("rego.metadata.rule", "-> any", (values, around) -> ObjectValue.EMPTY),
                Builtin.of(
                        "rego.metadata.chain",
                        "-> array",
                        (values, around) -> dev.sheaf.rego.value.ArrayValue.EMPTY));
    }

    private static Value parse(String file, String text) {
        try {
            return AstValues.module(Parser.module(file, text, RegoVersion.V1));
        } catch (PolicyFault fault) {
            Diagnostic first = fault.diagnostics().getFirst();
            throw BuiltinFault.of(
                    "%s:%d: %s: %s", file, first.location().line(), first.code(), first.message());
        }
    }
}
