package dev.sheaf.product.transform;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A product's row-wise transform, taken apart: `SELECT expressions FROM input [WHERE …] [QUALIFY
/// …]`. Each row in gives one row out or none; a row that WHERE or QUALIFY takes out, and one with
/// a failing CAST, is not lost but marked.
///
/// @param items the select list in order
/// @param where true for rows to keep
/// @param qualify true for rows to keep, over windows that see only rows that are fine so far (the
///   column [#FINE] says which)
/// @param names column names it refers to, in lower case
public record Transform(
        List<Item> items, Optional<String> where, Optional<String> qualify, Set<String> names) {
    /// A boolean column that the input must have if there is a QUALIFY.
    public static final String FINE = "__fine";

    private static final String WHAT = "the transform (sheaf.transform)";

    public Transform {
        items = List.copyOf(items);
        names = Set.copyOf(names);
    }

    /// @param name the output column; empty for `*`
    /// @param sql with every CAST made a TRY_CAST
    /// @param castFailed a condition that is true when one of its casts failed; empty without casts
    /// @param castValue what could not be cast, as VARCHAR
    public record Item(String name, String sql, String castFailed, String castValue) {
        public boolean star() {
            return name.isEmpty();
        }
    }

    /// @throws Problem INVALID_SQL, SQL_NOT_ALLOWED with what is not row-wise or not allowed
    public static Transform compile(EngineSession session, String sql) {
        SyntaxTree tree = SyntaxTree.parse(session, WHAT, sql);
        new SqlGuard(WHAT, Functions.ROW, false, Transform::onlyInput).check(tree.node());
        ObjectNode select = (ObjectNode) tree.node();
        rowWise(select);
        Set<String> names = new HashSet<>();
        collectNames(select, names);
        List<Item> items = new ArrayList<>();
        for (JsonNode item : select.path("select_list")) {
            items.add(item(tree, (ObjectNode) item));
        }
        Optional<String> where =
                present(select.path("where_clause")).map(node -> tried(tree, node));
        Optional<String> qualify =
                present(select.path("qualify"))
                        .map(node -> {
                            partitionByFine(tree, node, session);
                            return tried(tree, node);
                        });
        return new Transform(items, where, qualify, names);
    }

    private static void onlyInput(ObjectNode table) {
        if (!SqlGuard.text(table, "table_name").equalsIgnoreCase("input")
                || !SqlGuard.text(table, "schema_name").isEmpty()) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED, WHAT + " may read nothing but the table input");
        }
    }

    private static void rowWise(ObjectNode select) {
        boolean plain =
                SqlGuard.text(select, "type").equals("SELECT_NODE")
                        && select.path("modifiers").isEmpty()
                        && select.path("group_expressions").isEmpty()
                        && select.path("cte_map").path("map").isEmpty()
                        && present(select.path("having")).isEmpty()
                        && SqlGuard.text((ObjectNode) select.path("from_table"), "type")
                                .equals("BASE_TABLE");
        if (!plain) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    WHAT
                            + " must be row-wise: SELECT expressions FROM input [WHERE …] [QUALIFY"
                            + " …], without joins, grouping, DISTINCT, ORDER BY, LIMIT or WITH");
        }
        for (JsonNode item : select.path("select_list")) {
            refuseWindows(item);
        }
        refuseWindows(select.path("where_clause"));
    }

    private static void refuseWindows(JsonNode node) {
        if (node instanceof ObjectNode object && SqlGuard.text(object, "class").equals("WINDOW")) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    WHAT + " may use window functions in QUALIFY only");
        }
        node.forEach(Transform::refuseWindows);
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static void collectNames(JsonNode node, Set<String> names) {
        if (node instanceof ObjectNode object
                && SqlGuard.text(object, "class").equals("COLUMN_REF")) {
            JsonNode path = object.path("column_names");
            names.add(path.path(path.size() - 1).asString("").toLowerCase(Locale.ROOT));
        }
        node.forEach(child -> collectNames(child, names));
    }

    private static Item item(SyntaxTree tree, ObjectNode item) {
        if (SqlGuard.text(item, "class").equals("STAR")) {
            CastFaults.refuseCasts(item, "a star");
            return new Item("", tree.expression(item).replaceAll("^\\(|\\)$", ""), "", "");
        }
        String alias = SqlGuard.text(item, "alias");
        if (alias.isEmpty() && SqlGuard.text(item, "class").equals("COLUMN_REF")) {
            JsonNode path = item.path("column_names");
            alias = path.path(path.size() - 1).asString("");
        }
        if (alias.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_SQL,
                    WHAT + ": give every expression the name of a contract column with AS");
        }
        CastFaults faults = new CastFaults(tree);
        String failed = faults.condition(item);
        return new Item(alias, tried(tree, item), failed, faults.value());
    }

    private static String tried(SyntaxTree tree, JsonNode expression) {
        JsonNode copy = expression.deepCopy();
        CastFaults.tryCasts(copy);
        return tree.expression(copy);
    }

    /// Rows that are quarantined anyway must not win over good ones.
    private static void partitionByFine(SyntaxTree tree, JsonNode node, EngineSession session) {
        if (node instanceof ObjectNode object && SqlGuard.text(object, "class").equals("WINDOW")) {
            JsonNode fine =
                    SyntaxTree.parse(session, "a column", "SELECT " + FINE)
                            .node()
                            .path("select_list")
                            .path(0);
            ((ArrayNode) object.path("partitions")).add(fine.deepCopy());
        }
        node.forEach(child -> partitionByFine(tree, child, session));
    }
}
