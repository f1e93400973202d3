package dev.sheaf.query;

import dev.sheaf.query.FromItems.Unclear;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes the joins of a SELECT apart that reads tables of several regions: tables of one other
/// region that are joined with each other become one fragment, together with the conditions that
/// concern them alone.
///
/// Only inner joins are taken apart; another join is one item of those, and goes to a region only
/// whole. A SELECT in which a name could mean several things stays as it is.
final class JoinSplitter {
    private final Fragments fragments;
    private final List<KeyEdge> edges = new ArrayList<>();

    JoinSplitter(Fragments fragments) {
        this.fragments = fragments;
    }

    /// Of all SELECTs so far.
    List<KeyEdge> edges() {
        return List.copyOf(edges);
    }

    /// @param select is changed when there is something to gain
    /// @param scope common table expressions that it may name
    void split(ObjectNode select, Map<String, JsonNode> scope) {
        if (select.path("sample").isObject()
                || SyntaxTree.typeOf(select.path("from_table")).equals("EMPTY")
                || hasBeyond(select)) {
            return;
        }
        if (!split(select, scope, true)) {
            split(select, scope, false);
        }
    }

    private boolean split(ObjectNode select, Map<String, JsonNode> scope, boolean aggregates) {
        ObjectNode copy = select.deepCopy();
        int made = fragments.made().size();
        try {
            FromItems.of(fragments, copy.path("from_table"), scope)
                    .flatMap(from -> JoinGroups.of(fragments, copy, from))
                    .ifPresent(groups -> {
                        edges.addAll(new SelectRewrite(fragments, copy, groups).run(aggregates));
                        select.removeAll();
                        select.setAll(copy);
                    });
            return true;
        } catch (Unclear e) {
            fragments.forgetFrom(made);
            return false;
        }
    }

    private static boolean hasBeyond(JsonNode node) {
        if (isBeyond(node)) {
            return true;
        }
        boolean isOrderByAll =
                node.has("null_order")
                        && SyntaxTree.classOf(node.path("expression")).equals("STAR");
        if (!isOrderByAll) {
            for (JsonNode child : node) {
                if (hasBeyond(child)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isBeyond(JsonNode node) {
        return switch (SyntaxTree.classOf(node)) {
            case "LAMBDA", "POSITIONAL_REFERENCE" -> true;
            case "STAR" ->
                    node.path("columns").asBoolean(false)
                            || node.path("expr").isObject()
                            || !node.path("replace_list").isEmpty()
                            || !node.path("rename_list").isEmpty()
                            || !node.path("qualified_exclude_list").isEmpty();
            default -> SyntaxTree.typeOf(node).equals("PIVOT");
        };
    }
}
