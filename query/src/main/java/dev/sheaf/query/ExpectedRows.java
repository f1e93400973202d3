package dev.sheaf.query;

import tools.jackson.databind.JsonNode;

import java.util.OptionalLong;

/// Reads from a plan how many rows DuckDB expects at its top.
final class ExpectedRows {
    private static final String FIELD = "Estimated Cardinality";

    private ExpectedRows() {}

    /// An operator that does not say passes on what its input says.
    static OptionalLong of(JsonNode plan) {
        JsonNode node = plan.isArray() ? plan.path(0) : plan;
        while (node.isObject()) {
            String said = node.path("extra_info").path(FIELD).asString("").replace("~", "").strip();
            if (said.matches("\\d{1,18}")) {
                return OptionalLong.of(Long.parseLong(said));
            }
            node = node.path("children").path(0);
        }
        return OptionalLong.empty();
    }
}
