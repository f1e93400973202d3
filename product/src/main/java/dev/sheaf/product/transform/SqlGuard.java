package dev.sheaf.product.transform;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Judges a syntax tree of DuckDB. Every object of the tree must be of a kind that is allowed;
/// table functions, files, settings, other statements and unknown kinds are denied.
final class SqlGuard {
    private static final Set<String> EXPRESSIONS =
            Set.of(
                    "COLUMN_REF",
                    "CONSTANT",
                    "FUNCTION",
                    "OPERATOR",
                    "COMPARISON",
                    "CONJUNCTION",
                    "CAST",
                    "CASE",
                    "BETWEEN",
                    "WINDOW",
                    "LAMBDA",
                    "STAR",
                    "TYPE");
    private static final Set<String> NODES =
            Set.of(
                    "SELECT_NODE",
                    "SET_OPERATION_NODE",
                    "CTE_NODE",
                    "BASE_TABLE",
                    "JOIN",
                    "SUBQUERY",
                    "EMPTY",
                    "EXPRESSION_LIST",
                    "ORDER_MODIFIER",
                    "LIMIT_MODIFIER",
                    "DISTINCT_MODIFIER",
                    "ASCENDING",
                    "DESCENDING",
                    "ORDER_DEFAULT");
    private static final Set<String> TYPES =
            Set.of("LOGICAL_TYPE_INFO", "DECIMAL_TYPE_INFO", "LIST_TYPE_INFO", "STRUCT_TYPE_INFO");

    private final String what;
    private final Set<String> functions;
    private final boolean relational;
    private final Consumer<ObjectNode> tables;

    /// @param what how messages call the text, for example `the transform`
    /// @param functions names in lower case that may be called
    /// @param relational whether joins, subqueries and several tables are allowed
    /// @param tables judges each table named, and may rewrite its node
    SqlGuard(String what, Set<String> functions, boolean relational, Consumer<ObjectNode> tables) {
        this.what = what;
        this.functions = functions;
        this.relational = relational;
        this.tables = tables;
    }

    /// @throws Problem SQL_NOT_ALLOWED at the first object that is not allowed
    void check(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object(object);
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                check(member.getValue());
            }
        } else if (node.isArray()) {
            node.forEach(this::check);
        }
    }

    private void object(ObjectNode object) {
        String expression = text(object, "class");
        String type = text(object, "type");
        if (!expression.isEmpty()) {
            boolean subquery = expression.equals("SUBQUERY") && relational;
            if (!subquery && !EXPRESSIONS.contains(expression)) {
                throw denied(expression);
            }
            if (expression.equals("FUNCTION") || expression.equals("WINDOW")) {
                function(object);
            }
            return;
        }
        if (type.isEmpty()) {
            return;
        }
        if (!NODES.contains(type) && !TYPES.contains(type) || !shapeAllowed(type)) {
            throw denied(type);
        }
        if (type.equals("BASE_TABLE")) {
            table(object);
        }
        JsonNode sample = object.get("sample");
        if (sample != null && !sample.isNull()) {
            throw denied("SAMPLE");
        }
    }

    private boolean shapeAllowed(String type) {
        return relational
                || !Set.of(
                                "JOIN",
                                "SUBQUERY",
                                "SET_OPERATION_NODE",
                                "CTE_NODE",
                                "EXPRESSION_LIST",
                                "LIMIT_MODIFIER",
                                "DISTINCT_MODIFIER",
                                "EMPTY")
                        .contains(type);
    }

    private void function(ObjectNode object) {
        String name = text(object, "function_name").toLowerCase(Locale.ROOT);
        boolean qualified = !text(object, "schema").isEmpty() || !text(object, "catalog").isEmpty();
        boolean window = text(object, "class").equals("WINDOW");
        if (qualified || !(window ? Functions.ANY : functions).contains(name)) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    what + " calls " + name + "(), which is not on the list of allowed functions");
        }
    }

    private void table(ObjectNode object) {
        JsonNode at = object.get("at_clause");
        if (at != null && !at.isNull() || !text(object, "catalog_name").isEmpty()) {
            throw denied("a catalog or AT");
        }
        tables.accept(object);
    }

    static String text(ObjectNode object, String member) {
        JsonNode value = object.get(member);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    Problem denied(String kind) {
        return new Problem(
                ProblemCode.SQL_NOT_ALLOWED,
                what
                        + " uses "
                        + kind.toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ", which is not allowed there");
    }
}
