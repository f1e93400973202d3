package dev.sheaf.query;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What stands in the FROM of one SELECT, as far as it is joined by nothing but inner joins: the
/// items, the conditions of their joins, and the columns that each brings.
///
/// An item is a table, a subquery, or a join of another kind with all that it joins.
final class FromItems {
    private final Fragments fragments;
    private final Map<String, JsonNode> scope;
    private final List<JsonNode> items = new ArrayList<>();
    private final List<JsonNode> conditions = new ArrayList<>();
    private final List<Leaf> leaves = new ArrayList<>();

    private FromItems(Fragments fragments, Map<String, JsonNode> scope) {
        this.fragments = fragments;
        this.scope = scope;
    }

    /// Empty when the columns of something are not known, or names are not distinct.
    static Optional<FromItems> of(Fragments fragments, JsonNode from, Map<String, JsonNode> scope) {
        FromItems all = new FromItems(fragments, scope);
        all.flatten(from);
        for (int item = 0; item < all.items.size(); item++) {
            if (!all.addLeaves(all.items.get(item), item)) {
                return Optional.empty();
            }
        }
        long aliases = all.leaves.stream().map(Leaf::alias).distinct().count();
        return aliases == all.leaves.size() ? Optional.of(all) : Optional.empty();
    }

    List<JsonNode> items() {
        return items;
    }

    /// Of the joins between items.
    List<JsonNode> conditions() {
        return conditions;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /// Whether a column of an item may be two tables' at once.
    boolean hasMergedColumns() {
        return items.stream()
                .anyMatch(item ->
                        SyntaxTree.any(
                                item,
                                node ->
                                        !node.path("using_columns").isEmpty()
                                                || node.path("ref_type")
                                                        .asString("")
                                                        .equals("NATURAL")));
    }

    /// The column that a reference means; empty when it is none of these.
    ///
    /// @throws Unclear when it may be several
    Optional<Hit> find(JsonNode reference) {
        JsonNode names = reference.path("column_names");
        String first = lower(names.path(0));
        if (names.size() > 1) {
            String second = lower(names.path(1));
            for (int i = 0; i < leaves.size(); i++) {
                if (leaves.get(i).alias().equals(first)) {
                    int column = leaves.get(i).indexOf(second);
                    if (column >= 0) {
                        return Optional.of(new Hit(i, column, 2));
                    }
                }
            }
        }
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            int column = leaves.get(i).indexOf(first);
            if (column >= 0) {
                hits.add(new Hit(i, column, 1));
            }
        }
        boolean isTable = leaves.stream().anyMatch(leaf -> leaf.alias().equals(first));
        if (hits.size() > 1 || (hits.isEmpty() && isTable)) {
            throw new Unclear();
        }
        return hits.stream().findFirst();
    }

    private static String lower(JsonNode name) {
        return name.asString("").toLowerCase(Locale.ROOT);
    }

    private void flatten(JsonNode from) {
        String kind = from.path("ref_type").asString("");
        boolean isInner =
                SyntaxTree.typeOf(from).equals("JOIN")
                        && from.path("join_type").asString("").equals("INNER")
                        && (kind.equals("REGULAR") || kind.equals("CROSS"))
                        && from.path("using_columns").isEmpty();
        if (isInner) {
            flatten(from.path("left"));
            flatten(from.path("right"));
            conditions.addAll(SyntaxTree.conjuncts(from.path("condition")));
        } else {
            items.add(from);
        }
    }

    private boolean addLeaves(JsonNode node, int item) {
        if (SyntaxTree.typeOf(node).equals("JOIN")) {
            boolean keepsBoth =
                    switch (node.path("join_type").asString("")) {
                        case "INNER", "LEFT", "RIGHT", "OUTER", "FULL" -> true;
                        default -> false; // the right side of a semi-join has no columns
                    };
            return keepsBoth
                    && addLeaves(node.path("left"), item)
                    && addLeaves(node.path("right"), item);
        }
        String alias = node.path("alias").asString("");
        Optional<List<Column>> columns = columnsOf(node);
        if (alias.isEmpty() || columns.isEmpty()) {
            return false;
        }
        leaves.add(new Leaf(alias.toLowerCase(Locale.ROOT), alias, item, columns.get()));
        return true;
    }

    private Optional<List<Column>> columnsOf(JsonNode node) {
        if (SyntaxTree.isTable(node) && node.path("column_name_alias").isEmpty()) {
            Optional<List<Column>> remote = fragments.remote(node).map(RemoteTable::columns);
            Optional<List<Column>> local =
                    fragments.local(node).map(table -> table.shadow().columns());
            if (remote.isPresent() || local.isPresent()) {
                return remote.isPresent() ? remote : local;
            }
        }
        return fragments.binder().columnsOf(node, scope.values());
    }

    /// @param alias in lower case
    /// @param item that it belongs to
    record Leaf(String alias, String writtenAlias, int item, List<Column> columns) {
        int indexOf(String name) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equalsIgnoreCase(name)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /// @param names how many parts of the reference name the column
    record Hit(int leaf, int column, int names) {
        boolean isSameColumn(Hit other) {
            return leaf == other.leaf && column == other.column;
        }
    }

    /// A reference may mean several things; the query is left as it is.
    static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unclear() {
            super("a reference may mean several things", null, false, false);
        }
    }
}
