package dev.sheaf.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes a statement apart: each part that one other region can answer becomes a [Fragment], and a
/// table in what is left stands for it. What is left means the same over the fragments' answers as
/// the statement over all tables.
///
/// Queries whose tables lie in one other region go there whole, wherever they stand. Of other
/// queries, what [JoinSplitter] finds of joins; and of what is left, single tables.
final class StatementSplitter {
    private final Fragments fragments;
    private final JoinSplitter joins;
    private final boolean splitsJoins;

    private StatementSplitter(Fragments fragments, boolean splitsJoins) {
        this.fragments = fragments;
        this.joins = new JoinSplitter(fragments);
        this.splitsJoins = splitsJoins;
    }

    /// @param query the statement over views, is changed
    /// @param splitsJoins whether joins are taken apart, or only tables and whole queries
    static Split split(Fragments fragments, ObjectNode query, boolean splitsJoins) {
        StatementSplitter splitter = new StatementSplitter(fragments, splitsJoins);
        JsonNode rest = splitter.query(query, Map.of());
        List<KeyEdge> edges = new ArrayList<>(splitter.joins.edges());
        edges.addAll(SubqueryEdges.of(rest, fragments.made()));
        return new Split((ObjectNode) rest, fragments.made(), edges, rest != query);
    }

    private JsonNode query(ObjectNode query, Map<String, JsonNode> scope) {
        if (!SyntaxTree.typeOf(query).equals("RECURSIVE_CTE_NODE")) {
            java.util.Optional<Fragment> whole = fragments.whole(query, scope);
            if (whole.isPresent()) {
                return SyntaxTree.query(fragments.session(), whole.get().selectAll());
            }
        }
        Map<String, JsonNode> inner = scope;
        for (JsonNode entry : query.path("cte_map").path("map")) {
            JsonNode original = entry.deepCopy();
            ObjectNode value = (ObjectNode) entry.path("value");
            Map<String, JsonNode> visible = inner;
            SyntaxTree.replaceChildren(value, child -> walk(child, visible));
            inner = Binder.plus(inner, original);
        }
        if (SyntaxTree.typeOf(query).equals("RECURSIVE_CTE_NODE")) {
            inner = new HashMap<>(inner);
            inner.remove(query.path("cte_name").asString("").toLowerCase(java.util.Locale.ROOT));
        }
        if (splitsJoins && SyntaxTree.typeOf(query).equals("SELECT_NODE")) {
            joins.split(query, inner);
        }
        for (Map.Entry<String, JsonNode> field : List.copyOf(query.properties())) {
            if (!field.getKey().equals("cte_map")) {
                query.set(field.getKey(), walk(field.getValue(), inner));
            }
        }
        return query;
    }

    private JsonNode walk(JsonNode node, Map<String, JsonNode> scope) {
        if (SyntaxTree.isQuery(node)) {
            return query((ObjectNode) node, scope);
        }
        if (SyntaxTree.isTable(node)) {
            return fragments.remote(node).map(table -> table(node, table)).orElse(node);
        }
        SyntaxTree.replaceChildren(node, child -> walk(child, scope));
        return node;
    }

    private JsonNode table(JsonNode node, RemoteTable table) {
        ObjectNode all = SyntaxTree.query(fragments.session(), "SELECT 1 FROM range(1)");
        ArrayNode select = all.putArray("select_list");
        table.columns().forEach(column -> select.add(SyntaxTree.column(column.name())));
        ObjectNode bare = (ObjectNode) node.deepCopy();
        bare.putNull("sample");
        bare.putArray("column_name_alias");
        all.set("from_table", bare);
        Fragment fragment =
                fragments.make(all, table.columns(), List.of(table), List.of("columns"));
        return standIn(fragments, fragment, node);
    }

    /// Something in FROM that stands for a fragment as the node did for what it asks.
    static JsonNode standIn(Fragments fragments, Fragment fragment, JsonNode node) {
        ObjectNode stand =
                (ObjectNode)
                        SyntaxTree.query(
                                        fragments.session(),
                                        "SELECT 1 FROM (" + fragment.selectAll() + ")")
                                .path("from_table");
        stand.set("alias", node.path("alias"));
        stand.set("sample", node.path("sample"));
        stand.set("column_name_alias", node.path("column_name_alias"));
        return stand;
    }

    /// @param query what is left, over tables that stand for the fragments
    /// @param edges by which a fragment can be narrowed
    /// @param isWhole whether the only fragment's answer is the statement's
    record Split(ObjectNode query, List<Fragment> fragments, List<KeyEdge> edges, boolean isWhole) {
        List<KeyEdge> edgesInto(Fragment fragment) {
            return edges.stream().filter(edge -> edge.target() == fragment).toList();
        }
    }
}
