package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A part of a statement that one other region answers: a query over its products. In the rest of
/// the statement a table stands for it whose columns are named `c1`, `c2`, … whatever the query
/// calls them, so that conditions on them are certain text.
final class Fragment {
    private final int number;
    private final RegionName region;
    private final ObjectNode query;
    private final List<Column> columns;
    private final List<RemoteTable> tables;
    private final SortedSet<Integer> needed = new TreeSet<>();
    private final Set<String> pushed = new LinkedHashSet<>();
    private String filter = "";
    private boolean isScanned;
    private boolean isNarrowable;

    /// @param query over the tables' views
    /// @param columns of its result, in order
    /// @param pushed what it takes over from the statement, for people
    Fragment(
            int number,
            RegionName region,
            ObjectNode query,
            List<Column> columns,
            List<RemoteTable> tables,
            List<String> pushed) {
        this.number = number;
        this.region = region;
        this.query = query;
        this.columns = List.copyOf(columns);
        this.tables = List.copyOf(tables);
        this.pushed.addAll(pushed);
    }

    int number() {
        return number;
    }

    RegionName region() {
        return region;
    }

    ObjectNode query() {
        return query;
    }

    List<Column> columns() {
        return columns;
    }

    List<RemoteTable> tables() {
        return tables;
    }

    List<String> pushed() {
        return List.copyOf(pushed);
    }

    void pushes(String what) {
        pushed.add(what);
    }

    /// Whether the rest of the statement looks at it at all.
    boolean isScanned() {
        return isScanned;
    }

    void scanned() {
        isScanned = true;
    }

    /// Whether its query is a SELECT of joined tables whose columns stand in the select list, so
    /// that it can be narrowed by any of those that are not aggregates.
    boolean isNarrowable() {
        return isNarrowable;
    }

    void narrowable() {
        isNarrowable = true;
    }

    /// @param column its index
    void needs(int column) {
        needed.add(column);
    }

    /// @param condition over `c1`, `c2`, … that every row meets which the statement looks at
    void narrow(String condition) {
        filter = condition;
        pushes("filter");
    }

    /// The name of the table that stands for it.
    String tableName() {
        return "fragment#" + number; // no common table expression can be called so
    }

    static String columnName(int index) {
        return "c" + (index + 1);
    }

    /// Indexes of the columns that are fetched; at least one, as rows are counted by them.
    List<Integer> fetched() {
        return needed.isEmpty() ? List.of(0) : List.copyOf(needed);
    }

    /// The columns that are fetched, by the names that they are fetched under.
    List<Column> asked() {
        return fetched().stream()
                .map(index -> new Column(columnName(index), columns.get(index).type()))
                .toList();
    }

    /// A table of one empty row, as a [Shadow].
    String createShadow() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "CAST(NULL AS " + columns.get(i).type() + ") AS " + columnName(i))
                .collect(
                        Collectors.joining(
                                ", ",
                                "CREATE TEMP TABLE " + SqlTypes.name(tableName()) + " AS SELECT ",
                                ""));
    }

    /// What stands for the query where a query must stand: its columns under their own names.
    String selectAll() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columnName(i) + " AS " + columns.get(i).quoted())
                .collect(
                        Collectors.joining(", ", "SELECT ", " FROM " + SqlTypes.name(tableName())));
    }

    /// The view under the name of the table that stands for it; columns that were not fetched are
    /// empty, as nothing looks at them.
    ///
    /// @param source of the fetched columns, after FROM
    String createView(String source) {
        List<Integer> there = fetched();
        return IntStream.range(0, columns.size())
                .mapToObj(i ->
                        "CAST("
                                + (there.contains(i) ? columnName(i) : "NULL")
                                + " AS "
                                + columns.get(i).type()
                                + ") AS "
                                + columnName(i))
                .collect(
                        Collectors.joining(
                                ", ",
                                "CREATE TEMP VIEW " + SqlTypes.name(tableName()) + " AS SELECT ",
                                " FROM " + source));
    }

    /// What its region is asked.
    ///
    /// @param keys the values that matter, by the column's index; only of fragments that
    ///   [JoinSplitter] made
    String sql(EngineSession session, Map<Integer, KeyValues> keys) {
        ObjectNode named = narrowed(session, keys);
        name(session, named, SyntaxTree.any(named, Fragment::dependsOnAllColumns));
        return select(SyntaxTree.render(session, named));
    }

    /// The same over views under the tables' names, to be answered here.
    String localSql(EngineSession session) {
        return select(SyntaxTree.render(session, query));
    }

    private ObjectNode narrowed(EngineSession session, Map<Integer, KeyValues> keys) {
        ObjectNode copy = query.deepCopy();
        List<JsonNode> conditions =
                new ArrayList<>(SyntaxTree.conjuncts(copy.path("where_clause")));
        keys.forEach((column, values) -> {
            String expression = SyntaxTree.textOf(session, copy.path("select_list").path(column));
            for (String condition : values.conditions()) {
                conditions.add(SyntaxTree.expression(session, "(" + expression + ") " + condition));
            }
        });
        if (!keys.isEmpty()) {
            copy.set("where_clause", SyntaxTree.conjunction(conditions));
        }
        return copy;
    }

    /// As its region would answer it, columns under their own names.
    String wholeSql(EngineSession session) {
        ObjectNode named = query.deepCopy();
        name(session, named, SyntaxTree.any(named, Fragment::dependsOnAllColumns));
        return SyntaxTree.render(session, named);
    }

    private String select(String block) {
        return fetched().stream()
                        .map(Fragment::columnName)
                        .collect(Collectors.joining(", ", "SELECT ", " FROM ("))
                + block
                + IntStream.range(0, columns.size())
                        .mapToObj(Fragment::columnName)
                        .collect(Collectors.joining(", ", ") AS part(", ")"))
                + (filter.isEmpty() ? "" : " WHERE " + filter);
    }

    private static boolean dependsOnAllColumns(JsonNode node) {
        return SyntaxTree.classOf(node).equals("STAR")
                || SyntaxTree.typeOf(node).equals("SHOW_REF")
                || node.path("ref_type").asString("").equals("NATURAL");
    }

    /// Views become products again. Where all columns are meant, those that are known here are
    /// named, so that neither their order nor a new one can change the meaning.
    private void name(EngineSession session, JsonNode node, boolean byName) {
        SyntaxTree.replaceChildren(
                node,
                child -> {
                    if (SyntaxTree.isTable(child)) {
                        return tables.stream()
                                .filter(table ->
                                        table.viewName().equals(SyntaxTree.tableName(child)))
                                .findFirst()
                                .map(table -> named(session, (ObjectNode) child, table, byName))
                                .orElse(child);
                    }
                    name(session, child, byName);
                    return child;
                });
    }

    private static JsonNode named(
            EngineSession session, ObjectNode node, RemoteTable table, boolean byName) {
        String product =
                SqlTypes.name(table.use().product().domain().toString())
                        + "."
                        + SqlTypes.name(table.use().product().name())
                        + " AT (VERSION => "
                        + table.product().release()
                        + ")";
        String source =
                byName
                        ? table.columns().stream()
                                .map(Column::quoted)
                                .collect(
                                        Collectors.joining(
                                                ", ", "(SELECT ", " FROM " + product + ")"))
                        : product;
        ObjectNode written =
                (ObjectNode)
                        SyntaxTree.query(session, "SELECT 1 FROM " + source).path("from_table");
        written.set("alias", node.path("alias"));
        written.set("sample", node.path("sample"));
        ArrayNode names = written.putArray("column_name_alias");
        node.path("column_name_alias").forEach(names::add);
        return written;
    }
}
