package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Questions to DuckDB's syntax trees, and small new trees.
final class SyntaxTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> QUERIES =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE");

    /// Their value is another one on each call or depends on where and when they run.
    private static final Set<String> VOLATILE =
            Set.of("random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "reservoir_quantile");

    private SyntaxTree() {}

    static boolean isQuery(JsonNode node) {
        return QUERIES.contains(typeOf(node));
    }

    static boolean isTable(JsonNode node) {
        return typeOf(node).equals("BASE_TABLE");
    }

    static boolean isColumn(JsonNode node) {
        return classOf(node).equals("COLUMN_REF");
    }

    static boolean isSubqueryExpression(JsonNode node) {
        return classOf(node).equals("SUBQUERY");
    }

    static String classOf(JsonNode node) {
        return node.path("class").asString("");
    }

    static String typeOf(JsonNode node) {
        return node.path("type").asString("");
    }

    /// A table's name as it stands in a rewritten statement.
    static String tableName(JsonNode table) {
        return table.path("table_name").asString("");
    }

    /// A node and all below it.
    static void each(JsonNode node, Consumer<JsonNode> visitor) {
        visitor.accept(node);
        for (JsonNode child : node) {
            each(child, visitor);
        }
    }

    static boolean any(JsonNode node, java.util.function.Predicate<JsonNode> test) {
        if (test.test(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (any(child, test)) {
                return true;
            }
        }
        return false;
    }

    /// Puts in the place of each child what the operator makes of it; children of those are the
    /// operator's own business.
    static void replaceChildren(JsonNode node, UnaryOperator<JsonNode> operator) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, operator.apply(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
                object.set(entry.getKey(), operator.apply(entry.getValue()));
            }
        }
    }

    /// Samples, and functions that are not the same wherever and however often they run.
    static boolean isVolatile(JsonNode node) {
        return any(
                node,
                inner ->
                        inner.path("sample").isObject()
                                || (inner.has("function_name")
                                        && VOLATILE.contains(
                                                inner.path("function_name")
                                                        .asString("")
                                                        .toLowerCase(java.util.Locale.ROOT))));
    }

    /// The conditions that must all hold.
    static List<JsonNode> conjuncts(JsonNode condition) {
        List<JsonNode> all = new ArrayList<>();
        addConjuncts(condition, all);
        return all;
    }

    private static void addConjuncts(JsonNode condition, List<JsonNode> all) {
        if (typeOf(condition).equals("CONJUNCTION_AND")) {
            condition.path("children").forEach(child -> addConjuncts(child, all));
        } else if (condition.isObject()) {
            all.add(condition);
        }
    }

    /// One condition of many; null's node for none.
    static JsonNode conjunction(List<JsonNode> conditions) {
        if (conditions.isEmpty()) {
            return NODES.nullNode();
        }
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        ObjectNode all = NODES.objectNode();
        all.put("class", "CONJUNCTION").put("type", "CONJUNCTION_AND").put("alias", "");
        place(all);
        ArrayNode children = all.putArray("children");
        conditions.forEach(children::add);
        return all;
    }

    static ObjectNode column(String... names) {
        ObjectNode column = NODES.objectNode();
        column.put("class", "COLUMN_REF").put("type", "COLUMN_REF").put("alias", "");
        place(column);
        ArrayNode parts = column.putArray("column_names");
        for (String name : names) {
            parts.add(name);
        }
        return column;
    }

    private static void place(ObjectNode node) {
        node.put("query_location", 0).put("query_location_length", 0);
    }

    /// A query's node from SQL of ours.
    static ObjectNode query(EngineSession session, String sql) {
        return (ObjectNode) Parser.parse(session, sql).path("statements").path(0).path("node");
    }

    /// An expression's node from SQL of ours.
    static JsonNode expression(EngineSession session, String sql) {
        return query(session, "SELECT " + sql).path("select_list").path(0);
    }

    /// The SQL of a query's node.
    static String render(EngineSession session, JsonNode query) {
        ObjectNode tree = NODES.objectNode();
        tree.put("error", false);
        ObjectNode statement = tree.putArray("statements").addObject();
        statement.set("node", query);
        statement.putArray("named_param_map");
        String sql = Parser.render(session, tree);
        return sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
    }

    /// Joins of everything with everything, in order.
    static JsonNode product(EngineSession session, List<JsonNode> tables) {
        JsonNode all = tables.getFirst();
        for (JsonNode table : tables.subList(1, tables.size())) {
            ObjectNode join =
                    (ObjectNode)
                            query(session, "SELECT 1 FROM range(1) AS a, range(1) AS b")
                                    .path("from_table");
            join.set("left", all);
            join.set("right", table);
            all = join;
        }
        return all;
    }

    /// The name that DuckDB gives to a column of that expression, without regard to its alias.
    static String nameOf(EngineSession session, JsonNode expression) {
        if (isColumn(expression)) {
            JsonNode names = expression.path("column_names");
            return names.path(names.size() - 1).asString("");
        }
        return textOf(session, expression);
    }

    /// An expression's SQL, without its alias.
    static String textOf(EngineSession session, JsonNode expression) {
        ObjectNode bare = (ObjectNode) expression.deepCopy();
        bare.put("alias", "");
        ObjectNode query = query(session, "SELECT 1");
        query.putArray("select_list").add(bare);
        return render(session, query).substring("SELECT ".length());
    }
}
