package dev.sheaf.context.schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// `prefixItems` and `items` of one schema.
///
/// @param rest what elements after the first ones must satisfy; null when anything goes
record Elements(List<CompiledSchema> first, @Nullable CompiledSchema rest)
        implements Rule.Descending {
    static final Elements NONE = new Elements(List.of(), null);

    private @Nullable CompiledSchema schema(int index) {
        return index < first.size() ? first.get(index) : rest;
    }

    /// What an element must satisfy wherever it stands.
    List<CompiledSchema> anywhere() {
        return first.isEmpty() && rest != null ? List.of(rest) : List.of();
    }

    @Override
    public boolean holds(JsonNode value, Run run) {
        if (!value.isArray()) {
            return true;
        }
        int index = 0;
        for (JsonNode element : value) {
            CompiledSchema schema = schema(index);
            if (schema != null && !schema.holds(element, run)) {
                return false;
            }
            index++;
        }
        return true;
    }

    @Override
    public void explain(JsonNode value, Location at, Run run, List<Violation> into) {
        if (!value.isArray()) {
            return;
        }
        int index = 0;
        for (JsonNode element : value) {
            CompiledSchema schema = schema(index);
            if (schema != null) {
                schema.explain(element, at.element(index), run, into);
            }
            index++;
        }
    }
}
