package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `properties`, `patternProperties` and `additionalProperties` of one schema.
///
/// @param other what names that are in neither must satisfy; null when anything goes
record Members(
        Map<String, CompiledSchema> named,
        List<Patterned> patterned,
        @Nullable CompiledSchema other)
        implements Rule.Descending {
    static final Members NONE = new Members(Map.of(), List.of(), null);

    record Patterned(TextPattern pattern, CompiledSchema schema) {}

    /// The schemas that a member of this name must satisfy.
    List<CompiledSchema> schemas(String name) {
        List<CompiledSchema> schemas = new ArrayList<>();
        CompiledSchema declared = named.get(name);
        if (declared != null) {
            schemas.add(declared);
        }
        for (Patterned each : patterned) {
            if (each.pattern().matches(name)) {
                schemas.add(each.schema());
            }
        }
        if (schemas.isEmpty() && other != null) {
            schemas.add(other);
        }
        return schemas;
    }

    @Override
    public boolean holds(JsonNode value, Run run) {
        if (!value.isObject()) {
            return true;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!holds(member.getKey(), member.getValue(), run)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(String name, JsonNode value, Run run) {
        CompiledSchema declared = named.get(name);
        boolean known = declared != null;
        if (declared != null && !declared.holds(value, run)) {
            return false;
        }
        for (Patterned each : patterned) {
            if (each.pattern().matches(name)) {
                known = true;
                if (!each.schema().holds(value, run)) {
                    return false;
                }
            }
        }
        return known || other == null || other.holds(value, run);
    }

    @Override
    public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
        if (!value.isObject()) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = member.getKey();
            Location below = at.member(name);
            for (CompiledSchema schema : schemas(name)) {
                if (schema == other && schema.types() == 0) {
                    into.add(unknown(name, below));
                } else {
                    schema.explain(member.getValue(), below, run, into);
                }
            }
        }
    }

    private Violation unknown(String name, Location at) {
        return new Violation(
                at.pointer(),
                "additionalProperties",
                "is not allowed: the schema knows no '"
                        + JsonValues.shown(name)
                        + "' here"
                        + NearMiss.hint(name, named.keySet()));
    }
}
