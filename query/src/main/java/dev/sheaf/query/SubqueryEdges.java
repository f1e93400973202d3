package dev.sheaf.query;

import dev.sheaf.query.KeyEdge.Source;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds where a SELECT asks that a fragment's column is IN what another fragment answers.
final class SubqueryEdges {
    private final Map<String, Fragment> byTable = new HashMap<>();

    private SubqueryEdges(List<Fragment> fragments) {
        fragments.forEach(fragment -> byTable.put(fragment.tableName(), fragment));
    }

    /// @param query in which tables stand for the fragments
    static List<KeyEdge> of(JsonNode query, List<Fragment> fragments) {
        SubqueryEdges all = new SubqueryEdges(fragments);
        List<KeyEdge> edges = new ArrayList<>();
        SyntaxTree.each(
                query,
                node -> {
                    if (SyntaxTree.typeOf(node).equals("SELECT_NODE")) {
                        all.add(node, edges);
                    }
                });
        return edges;
    }

    private void add(JsonNode select, List<KeyEdge> edges) {
        Map<String, Fragment> parts = new HashMap<>();
        addParts(select.path("from_table"), parts);
        for (JsonNode condition : SyntaxTree.conjuncts(select.path("where_clause"))) {
            boolean isMember =
                    SyntaxTree.isSubqueryExpression(condition)
                            && condition.path("subquery_type").asString("").equals("ANY")
                            && condition
                                    .path("comparison_type")
                                    .asString("")
                                    .equals("COMPARE_EQUAL");
            JsonNode names = condition.path("child").path("column_names");
            Fragment target = parts.get(names.path(0).asString(""));
            Optional<Fragment> source = whole(condition.path("subquery").path("node"));
            if (!isMember || names.size() != 2 || target == null || source.isEmpty()) {
                continue;
            }
            int column = indexOf(target, names.path(1).asString(""));
            boolean isSame =
                    column >= 0
                            && source.get().columns().size() == 1
                            && target.columns().get(column).isKey()
                            && target.columns()
                                    .get(column)
                                    .type()
                                    .equals(source.get().columns().getFirst().type());
            if (isSame) {
                edges.add(new KeyEdge(target, column, new Source.Part(source.get(), 0)));
            }
        }
    }

    /// Parts that [SelectRewrite] put into a FROM, as far as it is joined by inner joins alone.
    private void addParts(JsonNode from, Map<String, Fragment> parts) {
        String type = SyntaxTree.typeOf(from);
        if (type.equals("JOIN") && from.path("join_type").asString("").equals("INNER")) {
            addParts(from.path("left"), parts);
            addParts(from.path("right"), parts);
        } else if (type.equals("SUBQUERY")
                && from.path("alias").asString("").startsWith("part ")
                && from.path("column_name_alias").isEmpty()) {
            whole(from.path("subquery").path("node"))
                    .ifPresent(fragment -> parts.put(from.path("alias").asString(""), fragment));
        }
    }

    /// The fragment whose answer a query is, unchanged.
    private Optional<Fragment> whole(JsonNode query) {
        boolean isPlain =
                SyntaxTree.typeOf(query).equals("SELECT_NODE")
                        && !query.path("where_clause").isObject()
                        && query.path("modifiers").isEmpty()
                        && query.path("group_expressions").isEmpty();
        return isPlain
                ? Optional.ofNullable(byTable.get(SyntaxTree.tableName(query.path("from_table"))))
                : Optional.empty();
    }

    private static int indexOf(Fragment fragment, String name) {
        for (int i = 0; i < fragment.columns().size(); i++) {
            if (fragment.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
