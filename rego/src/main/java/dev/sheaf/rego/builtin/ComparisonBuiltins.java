package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.Value;

import java.util.List;
import java.util.function.IntPredicate;

/// Compares any two values by the order of [Value].
final class ComparisonBuiltins {
    private ComparisonBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "neq",
                        "any, any -> boolean",
                        (a, world) -> Operands.of(!a[0].equals(a[1]))),
                comparison("lt", order -> order < 0),
                comparison("lte", order -> order <= 0),
                comparison("gt", order -> order > 0),
                comparison("gte", order -> order >= 0));
    }

    private static Builtin comparison(String name, IntPredicate isSo) {
        return Builtin.of(
                name,
                "any, any -> boolean",
                (a, world) -> Operands.of(isSo.test(a[0].compareTo(a[1]))));
    }
}
