package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Puts one instant in the place of `now()` and its like, so that a statement means the same moment
/// in every region.
final class FrozenTimes {
    private static final Map<String, String> FUNCTIONS =
            Map.of(
                    "now", "TIMESTAMPTZ",
                    "transaction_timestamp", "TIMESTAMPTZ",
                    "get_current_timestamp", "TIMESTAMPTZ",
                    "current_date", "DATE",
                    "today", "DATE",
                    "get_current_time", "TIMETZ",
                    "current_localtime", "TIME",
                    "current_localtimestamp", "TIMESTAMP");

    /// Written without parentheses, and meant unless a column is called so.
    private static final Map<String, String> WORDS =
            Map.of(
                    "current_timestamp", "TIMESTAMPTZ",
                    "current_date", "DATE",
                    "current_time", "TIMETZ",
                    "localtime", "TIME",
                    "localtimestamp", "TIMESTAMP");

    private static final String NOW =
            "SELECT now()::VARCHAR, current_date::VARCHAR, get_current_time()::VARCHAR,"
                    + " current_localtime()::VARCHAR, current_localtimestamp()::VARCHAR";
    private static final List<String> TYPES =
            List.of("TIMESTAMPTZ", "DATE", "TIMETZ", "TIME", "TIMESTAMP");

    private final EngineSession session;
    private final Set<String> names;
    private final Map<String, String> values = new HashMap<>();

    private FrozenTimes(EngineSession session, Set<String> names) {
        this.session = session;
        this.names = names;
    }

    /// @param query is changed
    /// @param columns of its tables
    static void freeze(EngineSession session, ObjectNode query, List<Column> columns) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
        SyntaxTree.each(
                query, node -> names.add(node.path("alias").asString("").toLowerCase(Locale.ROOT)));
        FrozenTimes times = new FrozenTimes(session, names);
        if (SyntaxTree.any(query, node -> times.typeOf(node) != null || isAge(node))) {
            List<@Nullable Object> now = session.query(NOW).rows().getFirst();
            for (int i = 0; i < TYPES.size(); i++) {
                times.values.put(TYPES.get(i), String.valueOf(now.get(i)));
            }
            times.keepNames(query);
            times.replace(query);
        }
    }

    private @Nullable String typeOf(JsonNode node) {
        if (SyntaxTree.isColumn(node) && node.path("column_names").size() == 1) {
            String name = node.path("column_names").path(0).asString("").toLowerCase(Locale.ROOT);
            return names.contains(name) ? null : WORDS.get(name);
        }
        return node.path("arguments").isEmpty() ? FUNCTIONS.get(functionOf(node)) : null;
    }

    private static String functionOf(JsonNode node) {
        return node.path("function_name").asString("").toLowerCase(Locale.ROOT);
    }

    /// `age(x)` is the time from x to the beginning of today.
    private static boolean isAge(JsonNode node) {
        return functionOf(node).equals("age") && node.path("arguments").size() == 1;
    }

    /// Columns without an alias are named by their expression, which is about to change.
    private void keepNames(JsonNode node) {
        if (SyntaxTree.typeOf(node).equals("SELECT_NODE")) {
            for (JsonNode item : node.path("select_list")) {
                if (item.path("alias").asString("").isEmpty()
                        && SyntaxTree.any(item, part -> typeOf(part) != null || isAge(part))) {
                    ((ObjectNode) item).put("alias", SyntaxTree.nameOf(session, item));
                }
            }
        }
        node.forEach(this::keepNames);
    }

    private void replace(JsonNode node) {
        SyntaxTree.replaceChildren(
                node,
                child -> {
                    replace(child);
                    if (isAge(child)) {
                        ObjectNode argument = ((ArrayNode) child.path("arguments")).insertObject(0);
                        argument.put("name", "");
                        argument.set("expression", constant("DATE", "TIMESTAMP"));
                        return child;
                    }
                    String type = typeOf(child);
                    if (type == null) {
                        return child;
                    }
                    ObjectNode value = (ObjectNode) constant(type, type);
                    value.set("alias", child.path("alias"));
                    return value;
                });
    }

    private JsonNode constant(String value, String type) {
        String text = SqlTypes.text(values.getOrDefault(value, ""));
        return SyntaxTree.expression(session, "CAST(" + text + " AS " + type + ")");
    }
}
