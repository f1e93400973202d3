package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Asks DuckDB what queries over shadow tables mean: which columns they have, and whether they mean
/// anything without what stands around them.
final class Binder {
    private final EngineSession session;

    Binder(EngineSession session) {
        this.session = session;
    }

    /// @throws EngineProblem when the query does not bind
    List<Column> columns(JsonNode query) {
        return session.query("DESCRIBE " + SyntaxTree.render(session, query)).rows().stream()
                .map(row -> new Column(String.valueOf(row.get(0)), String.valueOf(row.get(1))))
                .toList();
    }

    /// Empty when the query does not bind alone.
    Optional<List<Column>> columnsAlone(JsonNode query) {
        try {
            return Optional.of(columns(query));
        } catch (EngineProblem e) {
            if (e.kind() == Kind.INVALID_SQL) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The columns of something in FROM; empty when it does not bind alone.
    ///
    /// @param expressions common table expressions that it may name
    Optional<List<Column>> columnsOf(JsonNode table, Collection<JsonNode> expressions) {
        ObjectNode all = SyntaxTree.query(session, "SELECT * FROM range(1)");
        all.set("from_table", table.deepCopy());
        return columnsAlone(with(all, expressions));
    }

    /// The query with common table expressions before its own.
    static ObjectNode with(ObjectNode query, Collection<JsonNode> expressions) {
        ArrayNode own = (ArrayNode) query.path("cte_map").path("map");
        int position = 0;
        for (JsonNode expression : expressions) {
            own.insert(position++, expression.deepCopy());
        }
        return query;
    }

    /// By name, without regard to case, what common table expressions a scope has.
    static Map<String, JsonNode> plus(Map<String, JsonNode> scope, JsonNode entry) {
        Map<String, JsonNode> more = new LinkedHashMap<>(scope);
        String name = nameOf(entry);
        more.remove(name);
        more.put(name, entry);
        return more;
    }

    static String nameOf(JsonNode entry) {
        return entry.path("key").asString("").toLowerCase(Locale.ROOT);
    }
}
