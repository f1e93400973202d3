package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;

import java.util.List;

/// A rule with the module it stands in.
///
/// @param keys what follows the constant part of its path: keys of objects that it makes
record RuleSource(Rule rule, ModuleNames names, Metadata metadata, List<Term> keys) {
    java.util.Map<String, dev.sheaf.rego.value.Value> constants() {
        return java.util.Map.of(
                "rego.metadata.rule",
                metadata.rule(rule),
                "rego.metadata.chain",
                metadata.chain(names.module(), rule));
    }
}
