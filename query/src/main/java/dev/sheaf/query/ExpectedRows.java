package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.OptionalLong;

/// DuckDB's own estimate of a statement's result.
final class ExpectedRows {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ESTIMATE = "Estimated Cardinality";

    private ExpectedRows() {}

    /// Empty when the plan does not say, as EXPLAIN itself has none.
    static OptionalLong of(EngineSession session, String sql) {
        if (sql.stripLeading().regionMatches(true, 0, "EXPLAIN", 0, "EXPLAIN".length())) {
            return OptionalLong.empty();
        }
        Object plan = session.query("EXPLAIN (FORMAT json) " + sql).rows().getFirst().getLast();
        try {
            return topmost(JSON.readTree(String.valueOf(plan)));
        } catch (JacksonException e) {
            return OptionalLong.empty(); // another DuckDB writes plans in another way
        }
    }

    private static OptionalLong topmost(JsonNode node) {
        if (node.isArray()) {
            return node.isEmpty() ? OptionalLong.empty() : topmost(node.get(0));
        }
        String digits =
                node.path("extra_info").path(ESTIMATE).asString("").replaceAll("[^0-9]", "");
        if (!digits.isEmpty() && digits.length() < 19) {
            return OptionalLong.of(Long.parseLong(digits));
        }
        JsonNode children = node.path("children");
        return children.isEmpty() ? OptionalLong.empty() : topmost(children.get(0));
    }
}
