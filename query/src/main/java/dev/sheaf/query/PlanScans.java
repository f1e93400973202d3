package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// What DuckDB's optimizer says, on shadow tables, of the scans of a statement.
final class PlanScans {
    private final JsonNode plan;

    private PlanScans(JsonNode plan) {
        this.plan = plan;
    }

    /// All tables of the statement must have shadows.
    static PlanScans of(EngineSession session, String sql) {
        return new PlanScans(
                Parser.read(
                        String.valueOf(
                                session.query("EXPLAIN (FORMAT json) " + sql)
                                        .rows()
                                        .getFirst()
                                        .get(1))));
    }

    /// Each scan of a temporary table; its `Projections` and `Filters` are read by [#texts].
    List<JsonNode> of(String table) {
        List<JsonNode> scans = new ArrayList<>();
        collect(plan, "\"temp\".main." + SqlTypes.name(table), scans);
        return scans;
    }

    private static void collect(JsonNode node, String table, List<JsonNode> scans) {
        JsonNode info = node.path("extra_info");
        if (info.path("Table").asString("").equals(table)) {
            scans.add(info);
        }
        for (JsonNode child : node.isArray() ? node : node.path("children")) {
            collect(child, table, scans);
        }
    }

    /// One text or several.
    static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asString("")));
        } else if (!value.asString("").isEmpty()) {
            texts.add(value.asString(""));
        }
        return texts;
    }

    /// The syntax tree of a condition.
    ///
    /// @throws dev.sheaf.engine.EngineProblem INVALID_SQL when its text is no SQL
    static JsonNode parse(EngineSession session, String condition) {
        return Parser.read(session.parse("SELECT " + condition))
                .path("statements")
                .path(0)
                .path("node")
                .path("select_list")
                .path(0);
    }
}
