package dev.sheaf.bench.context.regions;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// A document as a region shows it, as far as writers' effects can be seen in it.
record Shown(JsonNode value) {
    long sum(String field) {
        return value.path(field).asLong(0);
    }

    long version(String field) {
        return value.path("notes").path(field).asLong(0);
    }

    /// Members of a set, or texts of a list's elements, as often as they are there.
    List<String> members(String field) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : value.path(field)) {
            found.add(each.isString() ? each.stringValue() : each.path("text").asString(""));
        }
        return found;
    }
}
