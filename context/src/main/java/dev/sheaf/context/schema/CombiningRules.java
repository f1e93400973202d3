package dev.sheaf.context.schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Keywords that apply other schemas to the same value.
final class CombiningRules {
    private CombiningRules() {}

    /// `$ref` and `allOf`.
    record All(List<CompiledSchema> schemas) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            for (CompiledSchema schema : schemas) {
                if (!schema.holds(value, run)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            for (CompiledSchema schema : schemas) {
                schema.explain(value, at, run, into);
            }
        }
    }

    /// `anyOf`.
    record Any(List<CompiledSchema> schemas) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            for (CompiledSchema schema : schemas) {
                if (schema.holds(value, run)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            if (!holds(value, run)) {
                into.add(
                        new Violation(
                                at.pointer(),
                                "anyOf",
                                "fits none of "
                                        + schemas.size()
                                        + " alternatives"
                                        + nearest(schemas, value, at, run)));
            }
        }
    }

    /// `oneOf`.
    record ExactlyOne(List<CompiledSchema> schemas) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            return count(value, run, 2) == 1;
        }

        private int count(JsonNode value, Run run, int enough) {
            int fitting = 0;
            for (CompiledSchema schema : schemas) {
                if (schema.holds(value, run)) {
                    fitting++;
                    if (fitting == enough) {
                        break;
                    }
                }
            }
            return fitting;
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            int fitting = count(value, run, Integer.MAX_VALUE);
            if (fitting != 1) {
                into.add(
                        new Violation(
                                at.pointer(),
                                "oneOf",
                                "fits "
                                        + (fitting == 0 ? "none" : Integer.toString(fitting))
                                        + " of "
                                        + schemas.size()
                                        + " alternatives, where exactly one is allowed"
                                        + (fitting == 0 ? nearest(schemas, value, at, run) : "")));
            }
        }
    }

    /// What is wrong by the alternative that complains least.
    private static String nearest(
            List<CompiledSchema> schemas, JsonNode value, Location at, Run run) {
        List<List<Violation>> complaints = new ArrayList<>();
        for (CompiledSchema schema : schemas) {
            List<Violation> violations = new ArrayList<>();
            schema.explain(value, at, run, violations);
            complaints.add(violations);
        }
        return complaints.stream()
                .filter(list -> !list.isEmpty())
                .min(Comparator.comparingInt(CombiningRules::distance))
                .map(list -> "; by the nearest, " + list.getFirst())
                .orElse("");
    }

    /// An alternative of another type is further away than one that is right in parts.
    private static int distance(List<Violation> violations) {
        return violations.size() + (violations.getFirst().keyword().equals("type") ? 1000 : 0);
    }

    /// `not`.
    record Not(CompiledSchema schema) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            return !schema.holds(value, run);
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            if (!holds(value, run)) {
                into.add(new Violation(at.pointer(), "not", "is of a form that is not allowed"));
            }
        }
    }

    /// `if`, `then`, `else`.
    record Conditional(
            CompiledSchema condition,
            @Nullable CompiledSchema then,
            @Nullable CompiledSchema otherwise)
            implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            CompiledSchema applied = condition.holds(value, run) ? then : otherwise;
            return applied == null || applied.holds(value, run);
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            CompiledSchema applied = condition.holds(value, run) ? then : otherwise;
            if (applied != null) {
                applied.explain(value, at, run, into);
            }
        }
    }

    /// `dependentSchemas`.
    record Dependent(Map<String, CompiledSchema> schemas) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            for (Map.Entry<String, CompiledSchema> each : schemas.entrySet()) {
                boolean concerned = value.isObject() && value.has(each.getKey());
                if (concerned && !each.getValue().holds(value, run)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            schemas.forEach((name, schema) -> {
                if (value.isObject() && value.has(name)) {
                    schema.explain(value, at, run, into);
                }
            });
        }
    }
}
