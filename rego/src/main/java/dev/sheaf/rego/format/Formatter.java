package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

/// Writes modules in their usual form, as OPA's formatter does.
///
/// Indented by tabs; a rule's only expression stays behind `if` when it stood there, more stand on
/// a line each; lists are broken where their author broke them; comments stay where they are; an
/// empty line stands between rules, but not between short ones that stood together; imports are in
/// order within their group; strings, numbers and parentheses stay as they were written.
///
/// What is read from the result means the same as the module (imports of a group may have changed
/// places), and formatting it again changes nothing. For any thread.
public final class Formatter {
    private Formatter() {}

    /// In the module's own dialect.
    public static String format(Module module) {
        return format(module, module.version());
    }

    /// In another dialect: v0 is rewritten as v1, with `if` and `contains`, and without imports of
    /// keywords.
    ///
    /// @throws PolicyFault when a name in v0 is a keyword in v1
    /// @throws IllegalArgumentException when v1 should become v0
    public static String format(Module module, RegoVersion target) {
        boolean isV1 = target == RegoVersion.V1;
        boolean wasV1 = module.version() == RegoVersion.V1;
        if (wasV1 && !isV1) {
            throw new IllegalArgumentException("v1 cannot be written as v0");
        }
        return new ModuleFormat(module, new Style(isV1, isV1 && !wasV1)).write();
    }
}
