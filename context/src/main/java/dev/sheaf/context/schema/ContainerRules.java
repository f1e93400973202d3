package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Keywords about objects and arrays as a whole.
final class ContainerRules {
    private ContainerRules() {}

    /// `minProperties`, `maxProperties`, `minItems`, `maxItems`.
    record Size(String keyword, long limit) implements Rule.Plain {
        @Override
        public boolean holds(JsonNode value) {
            boolean concerned = isOfItems() ? value.isArray() : value.isObject();
            return !concerned || (isUpper() ? value.size() <= limit : value.size() >= limit);
        }

        private boolean isOfItems() {
            return keyword.endsWith("Items");
        }

        private boolean isUpper() {
            return keyword.startsWith("max");
        }

        @Override
        public String message(JsonNode value) {
            return "has "
                    + value.size()
                    + (isOfItems() ? " elements; " : " members; ")
                    + (isUpper() ? "at most " : "at least ")
                    + limit
                    + " are allowed";
        }
    }

    /// `required`.
    record Required(List<String> names) implements Rule.Plain {
        @Override
        public String keyword() {
            return "required";
        }

        @Override
        public boolean holds(JsonNode value) {
            if (value.isObject()) {
                for (String name : names) {
                    if (value.get(name) == null) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public String message(JsonNode value) {
            return "lacks " + missing(names, value);
        }
    }

    /// `dependentRequired`.
    record DependentRequired(Map<String, List<String>> names) implements Rule.Plain {
        @Override
        public String keyword() {
            return "dependentRequired";
        }

        @Override
        public boolean holds(JsonNode value) {
            for (Map.Entry<String, List<String>> each : names.entrySet()) {
                boolean concerned = value.isObject() && value.has(each.getKey());
                if (concerned && !new Required(each.getValue()).holds(value)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String message(JsonNode value) {
            Set<String> needed = new TreeSet<>();
            names.forEach((name, others) -> {
                if (value.has(name)) {
                    needed.addAll(others);
                }
            });
            return "lacks " + missing(needed, value) + ", needed beside what it has";
        }
    }

    private static String missing(Iterable<String> names, JsonNode value) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (!value.has(name)) {
                text.append(text.isEmpty() ? "'" : ", '")
                        .append(JsonValues.shown(name))
                        .append('\'');
            }
        }
        return text.toString();
    }

    /// `uniqueItems`.
    record UniqueItems() implements Rule.Plain {
        @Override
        public String keyword() {
            return "uniqueItems";
        }

        @Override
        public boolean holds(JsonNode value) {
            return !value.isArray() || value.size() < 2 || firstTwice(value) < 0;
        }

        private static int firstTwice(JsonNode array) {
            Set<JsonValues.Key> seen = HashSet.newHashSet(array.size());
            int index = 0;
            for (JsonNode element : array) {
                if (!seen.add(new JsonValues.Key(element))) {
                    return index;
                }
                index++;
            }
            return -1;
        }

        @Override
        public String message(JsonNode value) {
            int index = firstTwice(value);
            return "holds " + JsonValues.shown(value.get(index)) + " twice, again at " + index;
        }
    }

    /// `propertyNames`.
    record Names(CompiledSchema schema) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            if (value.isObject()) {
                for (String name : value.propertyNames()) {
                    if (!schema.holds(StringNode.valueOf(name), run)) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            if (value.isObject()) {
                for (String name : value.propertyNames()) {
                    if (!schema.holds(StringNode.valueOf(name), run)) {
                        into.add(
                                new Violation(
                                        at.member(name).pointer(),
                                        "propertyNames",
                                        "has a name that the schema does not allow here"));
                    }
                }
            }
        }
    }

    /// `contains` with `minContains` and `maxContains`.
    record Contains(CompiledSchema schema, long min, long max) implements Rule.Descending {
        @Override
        public boolean holds(JsonNode value, Run run) {
            if (!value.isArray()) {
                return true;
            }
            long found = count(value, run);
            return found >= min && found <= max;
        }

        private long count(JsonNode array, Run run) {
            long found = 0;
            for (JsonNode element : array) {
                if (schema.holds(element, run)) {
                    found++;
                }
            }
            return found;
        }

        @Override
        public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            if (!holds(value, run)) {
                into.add(
                        new Violation(
                                at.pointer(),
                                "contains",
                                "holds "
                                        + count(value, run)
                                        + " elements of the kind that it must contain; allowed: "
                                        + min
                                        + (max == Long.MAX_VALUE ? " or more" : " to " + max)));
            }
        }
    }
}
