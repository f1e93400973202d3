package dev.sheaf.rego.engine;

import java.util.List;

/// Which rules of a name can hold for an input.
final class RuleIndex {
    private final List<RulePlan> all;

    RuleIndex(List<RulePlan> all) {
        this.all = List.copyOf(all);
    }

    List<RulePlan> candidates(Context context) {
        return all;
    }
}
