package dev.sheaf.context.patch;

import dev.sheaf.context.document.Indexes;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// RFC 6902 inside a value that is written as a whole: each edit gives a new value.
final class JsonEdit {
    private static final String END = "-";

    private JsonEdit() {}

    /// What is there, or null.
    static @Nullable JsonNode find(JsonNode value, List<String> steps) {
        JsonNode at = value;
        for (String step : steps) {
            int index = at.isArray() ? Indexes.parse(step) : 0;
            JsonNode next = at.isArray() ? index < 0 ? null : at.get(index) : at.get(step);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    static JsonNode add(JsonNode value, List<String> steps, JsonNode added, Refusal refusal) {
        JsonNode copy = value.deepCopy();
        switch (parent(copy, steps, refusal)) {
            case ObjectNode object -> object.set(steps.getLast(), added);
            case ArrayNode array -> {
                String last = steps.getLast();
                int index = last.equals(END) ? array.size() : Indexes.parse(last);
                if (index < 0 || index > array.size()) {
                    throw index(last, array.size(), refusal);
                }
                array.insert(index, added);
            }
            case JsonNode scalar -> throw noMembers(refusal);
        }
        return copy;
    }

    static JsonNode remove(JsonNode value, List<String> steps, Refusal refusal) {
        JsonNode copy = value.deepCopy();
        require(copy, steps, refusal);
        switch (parent(copy, steps, refusal)) {
            case ObjectNode object -> object.remove(steps.getLast());
            case ArrayNode array -> array.remove(Indexes.parse(steps.getLast()));
            case JsonNode scalar -> throw noMembers(refusal);
        }
        return copy;
    }

    static JsonNode replace(JsonNode value, List<String> steps, JsonNode by, Refusal refusal) {
        JsonNode copy = value.deepCopy();
        require(copy, steps, refusal);
        switch (parent(copy, steps, refusal)) {
            case ObjectNode object -> object.set(steps.getLast(), by);
            case ArrayNode array -> array.set(Indexes.parse(steps.getLast()), by);
            case JsonNode scalar -> throw noMembers(refusal);
        }
        return copy;
    }

    /// @throws dev.sheaf.kernel.Problem NOT_FOUND when nothing is there
    static JsonNode require(JsonNode value, List<String> steps, Refusal refusal) {
        JsonNode found = find(value, steps);
        if (found == null) {
            throw refusal.notFound("names something that is not there");
        }
        return found;
    }

    private static JsonNode parent(JsonNode value, List<String> steps, Refusal refusal) {
        return require(value, steps.subList(0, steps.size() - 1), refusal);
    }

    static dev.sheaf.kernel.Problem index(String step, int size, Refusal refusal) {
        return refusal.invalid(
                "has '"
                        + dev.sheaf.context.json.JsonValues.shown(step)
                        + "' as the index of an array of "
                        + size
                        + "; allowed are digits without a leading zero up to "
                        + size
                        + ", and - for the end when adding");
    }

    private static dev.sheaf.kernel.Problem noMembers(Refusal refusal) {
        return refusal.notFound("goes through a value that has no members");
    }
}
