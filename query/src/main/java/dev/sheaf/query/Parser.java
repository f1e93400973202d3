package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From SQL text to a tree and back, by DuckDB's own parser in the worker.
final class Parser {
    private static final int JSON_DEPTH_MAX = 4 * Guard.DEPTH_MAX;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(JSON_DEPTH_MAX)
                                                    .build())
                                    .build())
                    .build();

    private Parser() {}

    /// The tree of the only statement.
    ///
    /// @throws Problem INVALID_SQL when it does not parse, SQL_NOT_ALLOWED when it is not exactly
    ///   one query
    static JsonNode parse(EngineSession session, String sql) {
        JsonNode tree = read(session.parse(sql));
        if (tree.path("error").asBoolean(true)) {
            throw refused(tree, sql);
        }
        if (tree.path("statements").size() != 1) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    "one statement at a time is allowed, not " + tree.path("statements").size());
        }
        return tree;
    }

    static String render(EngineSession session, JsonNode tree) {
        return session.render(JSON.writeValueAsString(tree));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (tools.jackson.core.exc.StreamConstraintsException e) {
            throw new Problem(ProblemCode.SQL_NOT_ALLOWED, "the statement is nested too deeply", e);
        }
    }

    private static Problem refused(JsonNode answer, String sql) {
        if (answer.path("error_type").asString("").equals("not implemented")) {
            return new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    "only queries are allowed: SELECT, FROM, WITH, VALUES, TABLE, DESCRIBE,"
                            + " SUMMARIZE and EXPLAIN; PIVOT needs its values listed, as in FROM t"
                            + " PIVOT (sum(x) FOR y IN (1, 2))");
        }
        String position = answer.path("position").asString("");
        return ErrorTexts.syntax(
                answer.path("error_message").asString(""),
                position.matches("\\d{1,9}") ? Integer.parseInt(position) : -1,
                sql);
    }
}
