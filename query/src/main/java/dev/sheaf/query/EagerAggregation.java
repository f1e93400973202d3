package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.query.FromItems.Hit;
import dev.sheaf.query.FromItems.Unclear;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Aggregates in parts: when all that a SELECT aggregates comes from one group of its items, that
/// group's region aggregates first, by whatever else the SELECT needs of it, and the coordinator
/// combines.
///
/// Only what comes out the same: counts, sums and averages of whole and decimal numbers, least and
/// greatest values, and whether all or some hold. Sums of floating point depend on their order and
/// are not taken apart.
final class EagerAggregation {
    private static final Set<String> DECOMPOSABLE =
            Set.of(
                    "count_star",
                    "count",
                    "sum",
                    "avg",
                    "mean",
                    "min",
                    "max",
                    "bool_and",
                    "bool_or");

    /// Functions of DuckDB that aggregate or may stand for one that does; the same in each worker.
    private static volatile Set<String> aggregates = Set.of();

    private final EngineSession session;
    private final int group;
    private final String table;
    private final Map<String, String> partials = new LinkedHashMap<>();

    private EagerAggregation(EngineSession session, int group, String table) {
        this.session = session;
        this.group = group;
        this.table = table;
    }

    /// Empty when the SELECT does not aggregate, or not so that it can be taken apart.
    ///
    /// @param aliasOf the name of the table that will stand for a group
    static Optional<EagerAggregation> of(
            Fragments fragments,
            ObjectNode select,
            JoinGroups groups,
            java.util.function.IntFunction<String> aliasOf) {
        boolean isSimple =
                !select.path("qualify").isObject()
                        && select.path("group_sets").size() <= 1
                        && List.of("select_list", "having", "modifiers", "group_expressions")
                                .stream()
                                .noneMatch(field ->
                                        SyntaxTree.any(
                                                select.path(field), EagerAggregation::isBeyond));
        if (!isSimple) {
            return Optional.empty();
        }
        List<JsonNode> found = new ArrayList<>();
        Set<String> names = aggregates(fragments.session());
        for (String field : List.of("select_list", "having", "modifiers")) {
            SyntaxTree.each(
                    select.path(field),
                    node -> {
                        if (isAggregate(node, names)) {
                            found.add(node);
                        }
                    });
        }
        if (found.isEmpty() || !found.stream().allMatch(EagerAggregation::isDecomposable)) {
            return Optional.empty();
        }
        Set<Integer> owners = new HashSet<>();
        for (JsonNode aggregate : found) {
            SyntaxTree.each(
                    aggregate.path("arguments"),
                    node -> {
                        if (SyntaxTree.isColumn(node)) {
                            Optional<Hit> hit = groups.from().find(node);
                            owners.add(hit.flatMap(groups::groupOf).orElse(-1));
                        }
                    });
        }
        List<Integer> all = groups.groups();
        int owner =
                owners.isEmpty()
                        ? all.size() == 1 ? all.getFirst() : -1
                        : owners.size() == 1 ? owners.iterator().next() : -1;
        return owner < 0
                ? Optional.empty()
                : Optional.of(
                        new EagerAggregation(fragments.session(), owner, aliasOf.apply(owner)));
    }

    private static boolean isBeyond(JsonNode node) {
        return SyntaxTree.classOf(node).equals("WINDOW") || SyntaxTree.isSubqueryExpression(node);
    }

    int group() {
        return group;
    }

    /// By name, the aggregates that the group's region computes.
    Map<String, String> partials() {
        Map<String, String> byName = new LinkedHashMap<>();
        partials.forEach((expression, name) -> byName.put(name, expression));
        return byName;
    }

    boolean isAggregate(JsonNode node) {
        return isAggregate(node, aggregates(session));
    }

    /// What combines the parts of an aggregate, with the aggregate's own type.
    JsonNode combined(JsonNode aggregate) {
        String argument =
                aggregate.path("arguments").isEmpty()
                        ? "*"
                        : SyntaxTree.textOf(
                                session, aggregate.path("arguments").path(0).path("expression"));
        String sql =
                switch (nameOf(aggregate)) {
                    case "count_star" -> count("count(*)");
                    case "count" -> count("count(" + argument + ")");
                    case "sum" -> "sum(" + partial("sum(" + argument + ")") + ")";
                    case "avg", "mean" ->
                            "CAST(sum("
                                    + partial("sum(" + argument + ")")
                                    + ") AS DOUBLE) / CAST(sum("
                                    + partial("count(" + argument + ")")
                                    + ") AS DOUBLE)";
                    case "min", "max", "bool_and", "bool_or" ->
                            nameOf(aggregate)
                                    + "("
                                    + partial(nameOf(aggregate) + "(" + argument + ")")
                                    + ")";
                    default -> throw new Unclear();
                };
        ObjectNode node = (ObjectNode) SyntaxTree.expression(session, sql);
        node.set("alias", aggregate.path("alias"));
        return node;
    }

    private String count(String expression) {
        return "CAST(coalesce(sum(" + partial(expression) + "), 0) AS BIGINT)";
    }

    private String partial(String expression) {
        String name =
                partials.computeIfAbsent(expression, key -> "partial " + (partials.size() + 1));
        return SqlTypes.name(table) + "." + SqlTypes.name(name);
    }

    /// @throws Unclear when a part would not come out exactly
    static void requireExact(Column partial, String expression) {
        boolean isExact =
                !expression.startsWith("sum(")
                        || partial.type().equals("HUGEINT")
                        || partial.type().startsWith("DECIMAL(38");
        if (!isExact) {
            throw new Unclear();
        }
    }

    private static boolean isAggregate(JsonNode node, Set<String> names) {
        return SyntaxTree.classOf(node).equals("FUNCTION") && names.contains(nameOf(node));
    }

    private static boolean isDecomposable(JsonNode node) {
        return DECOMPOSABLE.contains(nameOf(node))
                && node.path("arguments").size() <= 1
                && !node.path("distinct").asBoolean(false)
                && !node.path("filter").isObject()
                && node.path("order_bys").path("orders").isEmpty();
    }

    private static String nameOf(JsonNode node) {
        return node.path("function_name").asString("").toLowerCase(Locale.ROOT);
    }

    private static Set<String> aggregates(EngineSession session) {
        Set<String> known = aggregates;
        if (!known.isEmpty()) {
            return known;
        }
        Set<String> names = new HashSet<>(DECOMPOSABLE);
        session.query(
                        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type"
                                + " IN ('aggregate', 'macro')")
                .rows()
                .forEach(row -> names.add(String.valueOf(row.getFirst())));
        aggregates = Set.copyOf(names);
        return names;
    }
}
