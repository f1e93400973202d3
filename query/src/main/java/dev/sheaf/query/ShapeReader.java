package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;

import org.apache.arrow.vector.types.pojo.Schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Finds out what a statement takes and answers: it is bound over shadow tables and ended before
/// its first row.
final class ShapeReader {
    private final EngineSession session;
    private final Guard guard;
    private final ProductLookup lookup;
    private final Duration timeout;

    ShapeReader(EngineSession session, Guard guard, ProductLookup lookup, Duration timeout) {
        this.session = session;
        this.guard = guard;
        this.lookup = lookup;
        this.timeout = timeout;
    }

    QueryShape shape(QueryRequest request) {
        ExplainPrefix prefix = ExplainPrefix.of(TimeTravel.rewrite(request.sql()));
        JsonNode tree = Parser.parse(session, prefix.query());
        JsonNode statement = tree.path("statements").get(0);
        CatalogPrefix.strip(statement, request.catalog());
        int count = StatementParameters.count(statement);
        boolean isOpen = count > 0 && request.parameters().isEmpty();
        List<ParameterValue> values = isOpen ? nothing(count) : request.parameters();
        JsonNode bound = statement.deepCopy();
        StatementParameters.bind(session, bound, values);
        guard.check(bound);
        Statement.rewrite(statement, lookup::find);
        createShadows();
        if (isOpen) {
            values = typed(StatementParameters.types(session, render(tree), count));
        }
        Schema parameters = values.isEmpty() ? new Schema(List.of()) : columns(select(values));
        if (prefix.isExplain()) {
            return new QueryShape(columns(explained(prefix)), parameters);
        }
        return new QueryShape(answer(tree, values), parameters);
    }

    /// What any type would do for is text where that means something, as most of it is sent so.
    private Schema answer(JsonNode tree, List<ParameterValue> values) {
        List<ParameterValue> asText =
                values.stream()
                        .map(value ->
                                value.type().isEmpty() ? ParameterValue.nothing("VARCHAR") : value)
                        .toList();
        try {
            return columns(render(bound(tree, asText)));
        } catch (EngineProblem e) {
            if (e.kind() != Kind.INVALID_SQL || asText.equals(values)) {
                throw e;
            }
            return columns(render(bound(tree, values)));
        }
    }

    private JsonNode bound(JsonNode tree, List<ParameterValue> values) {
        JsonNode copy = tree.deepCopy();
        JsonNode statement = copy.path("statements").path(0);
        StatementParameters.bind(session, statement, values);
        endBeforeItBegins((ObjectNode) statement.path("node"));
        return copy;
    }

    private String explained(ExplainPrefix prefix) {
        return prefix.isJson() || lookup.remote().isEmpty()
                ? "SELECT '' AS explain_key, '' AS explain_value"
                : FederatedExplain.shape();
    }

    private void createShadows() {
        if (!lookup.tables().isEmpty()) {
            Shadows.create(session, lookup.tables());
        }
        lookup.remote().forEach(table -> session.execute(table.shadow().create()));
    }

    private String render(JsonNode tree) {
        return Parser.render(session, tree);
    }

    private static List<ParameterValue> nothing(int count) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(ParameterValue.nothing(""));
        }
        return values;
    }

    private static List<ParameterValue> typed(List<String> types) {
        return types.stream().map(ParameterValue::nothing).toList();
    }

    /// A column for each, named by its position.
    private static String select(List<ParameterValue> values) {
        return values.stream()
                .map(value -> value.type().isEmpty() ? "VARCHAR" : value.type())
                .map(type -> ParameterValue.nothing(type).sql())
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    /// LIMIT 0 in the place of any other.
    private void endBeforeItBegins(ObjectNode query) {
        ArrayNode modifiers = (ArrayNode) query.path("modifiers");
        for (int i = modifiers.size() - 1; i >= 0; i--) {
            if (SyntaxTree.typeOf(modifiers.path(i)).equals("LIMIT_MODIFIER")) {
                modifiers.remove(i);
            }
        }
        modifiers.add(SyntaxTree.query(session, "SELECT 1 LIMIT 0").path("modifiers").path(0));
    }

    private Schema columns(String sql) {
        try (ArrowResult nothing = session.stream(sql, timeout)) {
            return nothing.schema();
        }
    }
}
