package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// Semantic versions.
final class VersionBuiltins {
    private VersionBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "semver.compare",
                        "string, string -> number",
                        (a, world) ->
                                NumberValue.of(
                                        Integer.signum(version(a, 0).compareTo(version(a, 1))))),
                Builtin.of(
                        "semver.is_valid",
                        "any -> boolean",
                        (a, world) ->
                                Operands.of(
                                        a[0] instanceof StringValue text
                                                && SemanticVersion.parse(text.value()) != null)));
    }

    private static SemanticVersion version(Value[] arguments, int index) {
        SemanticVersion version = SemanticVersion.parse(Operands.text(arguments, index));
        if (version == null) {
            throw BuiltinFault.of(
                    "operand %d: string %s is not a valid SemVer", index + 1, arguments[index]);
        }
        return version;
    }
}
