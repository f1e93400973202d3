package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets pass only what it knows: a syntax tree whose every node has an allowed kind and no field
/// beyond those of its kind, whose functions and types are on the list, and that cannot reach a
/// file, a setting or a catalog. Everything else is denied, also what a later DuckDB invents.
///
/// A node's kind is its `class` (expressions), its `type` (queries, tables, modifiers), or else the
/// kind of the node that holds it, a dot, and the field.
final class Guard {
    /// DuckDB's own recursion is safe well beyond this; ours and its binder's stay cheap.
    static final int DEPTH_MAX = 400;

    private static final Set<String> NAMED_TYPES =
            Set.of(
                    "SELECT_NODE",
                    "SET_OPERATION_NODE",
                    "RECURSIVE_CTE_NODE",
                    "BASE_TABLE",
                    "SUBQUERY",
                    "JOIN",
                    "TABLE_FUNCTION",
                    "EXPRESSION_LIST",
                    "EMPTY",
                    "PIVOT",
                    "SHOW_REF",
                    "ORDER_MODIFIER",
                    "LIMIT_MODIFIER",
                    "DISTINCT_MODIFIER");

    /// Any node may have them.
    private static final Set<String> POSITION = Set.of("query_location", "query_location_length");

    private static final Set<String> TABLE_FUNCTIONS = Set.of("range", "generate_series", "unnest");
    private static final Pattern COLLATION = Pattern.compile("[A-Za-z_]+(\\.[A-Za-z_]+)*");

    private final AllowLists allowed;

    Guard(AllowLists allowed) {
        this.allowed = allowed;
    }

    /// @param statement an element of the tree's `statements`
    /// @throws Problem SQL_NOT_ALLOWED
    void check(JsonNode statement) {
        walk(statement, ".root", "statements", 0);
    }

    /// The kind of a node that stands in that field of a node of that kind.
    static String kindOf(JsonNode node, String holder, String field) {
        if (node.has("class")) {
            String name = node.get("class").asString("");
            return name.equals("SUBQUERY") ? "SUBQUERY_EXPRESSION" : name;
        }
        JsonNode type = node.get("type");
        if (type != null && type.isString()) {
            String name = type.asString("");
            if (NAMED_TYPES.contains(name)) {
                return name;
            }
            if (!node.has("null_order")) { // an order's direction
                return "?" + name;
            }
        }
        return holder + "." + field;
    }

    private void walk(JsonNode node, String holder, String field, int depth) {
        if (depth > DEPTH_MAX) {
            throw denied("the statement is nested more than " + DEPTH_MAX + " levels deep");
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                walk(element, holder, field, depth + 1);
            }
        } else if (node.isObject()) {
            String kind = kindOf(node, holder, field);
            checkFields(node, kind);
            checkKind(node, kind);
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                walk(entry.getValue(), kind, entry.getKey(), depth + 1);
            }
        }
    }

    private void checkFields(JsonNode node, String kind) {
        Set<String> fields = allowed.fields().get(kind);
        if (fields == null) {
            throw denied(shown(kind) + " is not allowed in a query");
        }
        for (String field : node.propertyNames()) {
            if (!fields.contains(field) && !POSITION.contains(field)) {
                throw denied(shown(kind) + " with " + shown(field) + " is not allowed");
            }
        }
    }

    private void checkKind(JsonNode node, String kind) {
        switch (kind) {
            case "FUNCTION" -> checkFunction(node, allowed.functions());
            case "WINDOW" -> {
                requireUnqualified(node, "schema", "catalog");
                checkFunction(node, allowed.functions());
            }
            case "TABLE_FUNCTION" -> {
                requireUnqualified(node.path("function"), "schema", "catalog");
                checkFunction(node.path("function"), TABLE_FUNCTIONS);
            }
            case "TYPE" -> checkType(node);
            case "COLLATE" -> {
                if (!COLLATION.matcher(node.path("collation").asString("")).matches()) {
                    throw denied("this collation is not allowed");
                }
            }
            case "SHOW_REF" -> checkShow(node);
            case "PIVOT.pivots" -> {
                if (!node.path("pivot_enum").asString("").isEmpty()) {
                    throw denied("PIVOT over a named type is not allowed; list the values");
                }
            }
            default -> {
                // its fields are all there is to say
            }
        }
    }

    /// A schema here may be a column whose method is called, see [Statement]; the last name counts.
    private void checkFunction(JsonNode node, Set<String> functions) {
        String name = node.path("function_name").asString("");
        JsonNode path = node.path("qualified_name").path("path");
        boolean consistent = path.size() > 0 && path.get(path.size() - 1).asString("").equals(name);
        if (!consistent
                || node.path("export_state").asBoolean(false)
                || !functions.contains(name.toLowerCase(Locale.ROOT))) {
            throw denied("the function " + shown(name) + " is not allowed");
        }
    }

    private void checkType(JsonNode node) {
        requireUnqualified(node, "schema", "catalog");
        String name = node.path("type_name").asString("");
        if (!allowed.types().contains(name.toLowerCase(Locale.ROOT))) {
            throw denied("the type " + shown(name) + " is not allowed");
        }
    }

    private static void checkShow(JsonNode node) {
        String type = node.path("show_type").asString("");
        boolean describes = type.equals("DESCRIBE") || type.equals("SUMMARY");
        if (!describes || !node.path("query").isObject()) {
            throw denied("SHOW is not allowed; DESCRIBE and SUMMARIZE a product or a query are");
        }
    }

    private static void requireUnqualified(JsonNode node, String... fields) {
        for (String field : fields) {
            if (!node.path(field).asString("").isEmpty()) {
                throw denied("names of types and functions cannot be qualified");
            }
        }
    }

    private static Problem denied(String reason) {
        return new Problem(ProblemCode.SQL_NOT_ALLOWED, reason);
    }

    private static String shown(String name) {
        return ErrorTexts.shown(name);
    }
}
