package dev.sheaf.query;

import dev.sheaf.query.FromItems.Hit;
import dev.sheaf.query.FromItems.Leaf;
import dev.sheaf.query.FromItems.Unclear;
import dev.sheaf.query.KeyEdge.Source;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One SELECT over groups in the place of its items: what named a column of an item names one of
/// the group's fragment.
final class SelectRewrite {
    private final Fragments fragments;
    private final ObjectNode select;
    private final JoinGroups groups;
    private final FromItems from;
    private final Map<Integer, Map<Hit, Integer>> columns = new LinkedHashMap<>();
    private final Map<String, Optional<Hit>> aliases = new HashMap<>();
    private boolean seesAliases;
    private Optional<EagerAggregation> eager = Optional.empty();
    private final String prefix;

    /// @param select is changed; when [Unclear] is thrown, it is of no use any more
    SelectRewrite(Fragments fragments, ObjectNode select, JoinGroups groups) {
        this.fragments = fragments;
        this.select = select;
        this.groups = groups;
        this.from = groups.from();
        this.prefix = "part " + (fragments.made().size() + 1) + ".";
        groups.groups().forEach(group -> columns.put(group, new LinkedHashMap<>()));
    }

    /// @param aggregates whether aggregates may be taken apart
    /// @return by what the fragments can be narrowed
    List<KeyEdge> run(boolean aggregates) {
        expandStars();
        if (aggregates) {
            eager = EagerAggregation.of(fragments, select, groups, this::aliasOf);
        }
        for (JsonNode item : select.path("select_list")) {
            if (!item.path("alias").asString("").isEmpty()) {
                aliases.put(
                        item.path("alias").asString("").toLowerCase(Locale.ROOT),
                        SyntaxTree.isColumn(item) ? from.find(item) : Optional.empty());
            }
        }
        List<JsonNode> rest = groups.rest();
        List<Equation> equations = equations(rest);
        Map<Integer, String> localKeys = localKeys(equations);
        rewriteSelectList();
        List<JsonNode> conditions = new ArrayList<>();
        rest.forEach(condition -> conditions.add(rewritten(condition, List.of())));
        select.set("group_expressions", rewritten(select.path("group_expressions"), List.of()));
        seesAliases = true;
        for (String field : List.of("having", "qualify", "modifiers")) {
            select.set(field, rewritten(select.path(field), List.of()));
        }
        Map<Integer, Fragment> made = new LinkedHashMap<>();
        columns.forEach((group, used) -> made.put(group, fragment(group, used)));
        select.set("from_table", from(made));
        select.set("where_clause", SyntaxTree.conjunction(conditions));
        return edges(equations, localKeys, made);
    }

    private void expandStars() {
        ArrayNode list = (ArrayNode) select.path("select_list");
        ArrayNode expanded = list.arrayNode();
        for (JsonNode item : list) {
            if (!SyntaxTree.classOf(item).equals("STAR")) {
                expanded.add(item);
                continue;
            }
            if (from.hasMergedColumns()) {
                throw new Unclear();
            }
            String relation = item.path("relation_name").asString("").toLowerCase(Locale.ROOT);
            Set<String> excluded = new HashSet<>();
            item.path("exclude_list")
                    .forEach(name -> excluded.add(name.asString("").toLowerCase(Locale.ROOT)));
            boolean isKnown = relation.isEmpty();
            for (Leaf leaf : from.leaves()) {
                if (relation.isEmpty() || relation.equals(leaf.alias())) {
                    isKnown = true;
                    for (Column column : leaf.columns()) {
                        if (!excluded.contains(column.name().toLowerCase(Locale.ROOT))) {
                            expanded.add(SyntaxTree.column(leaf.writtenAlias(), column.name()));
                        }
                    }
                }
            }
            if (!isKnown || expanded.isEmpty()) {
                throw new Unclear();
            }
        }
        select.set("select_list", expanded);
    }

    private void rewriteSelectList() {
        ArrayNode list = (ArrayNode) select.path("select_list");
        for (int i = 0; i < list.size(); i++) {
            JsonNode before = list.get(i).deepCopy();
            ObjectNode after = (ObjectNode) rewritten(list.get(i), List.of());
            if (before.path("alias").asString("").isEmpty() && !after.equals(before)) {
                after.put("alias", SyntaxTree.nameOf(fragments.session(), before));
            }
            list.set(i, after);
        }
    }

    /// @param frames what the subqueries around the node bring, outermost first
    private JsonNode rewritten(JsonNode node, List<Frame> frames) {
        if (SyntaxTree.isColumn(node)) {
            return column((ObjectNode) node, frames);
        }
        if (frames.isEmpty()
                && eager.filter(aggregation -> aggregation.isAggregate(node)).isPresent()) {
            return eager.get().combined(node);
        }
        if (SyntaxTree.classOf(node).equals("STAR")
                && from.leaves().stream()
                        .anyMatch(leaf ->
                                leaf.alias()
                                        .equalsIgnoreCase(
                                                node.path("relation_name").asString("")))) {
            throw new Unclear();
        }
        List<Frame> inner = frames;
        if (SyntaxTree.typeOf(node).equals("SELECT_NODE")) {
            inner = new ArrayList<>(frames);
            inner.add(frame(node.path("from_table")));
        }
        List<Frame> within = inner;
        SyntaxTree.replaceChildren(node, child -> rewritten(child, within));
        return node;
    }

    private JsonNode column(ObjectNode reference, List<Frame> frames) {
        JsonNode names = reference.path("column_names");
        String first = names.path(0).asString("").toLowerCase(Locale.ROOT);
        boolean isQualified = names.size() > 1;
        for (Frame frame : frames) {
            if (isQualified && frame.aliases().contains(first)) {
                return reference;
            }
            if (frame.columns().contains(first)) {
                if (isQualified) {
                    throw new Unclear();
                }
                return reference;
            }
        }
        Optional<Hit> hit = from.find(reference);
        Optional<Integer> group = hit.flatMap(groups::groupOf);
        if (hit.isEmpty() || group.isEmpty()) {
            return reference;
        }
        boolean mayBeInner = frames.stream().anyMatch(frame -> !frame.isKnown());
        if (mayBeInner && hit.get().names() == 1) {
            throw new Unclear();
        }
        requireNoOtherAlias(reference, first, hit.get());
        Map<Hit, Integer> used = columns.getOrDefault(group.get(), Map.of());
        Hit key = new Hit(hit.get().leaf(), hit.get().column(), 0);
        used.putIfAbsent(key, used.size());
        ArrayNode path = reference.arrayNode();
        path.add(aliasOf(group.get())).add(nameOf(key));
        for (int i = hit.get().names(); i < names.size(); i++) {
            path.add(names.get(i));
        }
        reference.set("column_names", path);
        return reference;
    }

    /// HAVING, QUALIFY and ORDER BY may mean an alias of the select list by a column's name.
    private void requireNoOtherAlias(JsonNode reference, String name, Hit hit) {
        Optional<Hit> named = aliases.get(name);
        boolean isPossible = seesAliases && reference.path("column_names").size() == 1;
        if (isPossible && named != null && !named.filter(hit::isSameColumn).isPresent()) {
            throw new Unclear();
        }
    }

    private String aliasOf(int group) {
        return prefix + group;
    }

    private String nameOf(Hit hit) {
        Leaf leaf = from.leaves().get(hit.leaf());
        return leaf.alias() + "." + leaf.columns().get(hit.column()).name();
    }

    private Frame frame(JsonNode tables) {
        Frame frame = new Frame(new HashSet<>(), new HashSet<>(), new boolean[] {true});
        fill(frame, tables);
        return frame;
    }

    private void fill(Frame frame, JsonNode node) {
        switch (SyntaxTree.typeOf(node)) {
            case "JOIN" -> {
                fill(frame, node.path("left"));
                fill(frame, node.path("right"));
            }
            case "EMPTY" -> {
                // brings nothing
            }
            default -> {
                frame.aliases().add(node.path("alias").asString("").toLowerCase(Locale.ROOT));
                Optional<List<Column>> known = fragments.binder().columnsOf(node, List.of());
                frame.known()[0] &= known.isPresent();
                known.orElse(List.of())
                        .forEach(column ->
                                frame.columns().add(column.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private Fragment fragment(int group, Map<Hit, Integer> used) {
        ObjectNode query = SyntaxTree.query(fragments.session(), "SELECT 1 FROM range(1)");
        List<Column> types = new ArrayList<>();
        ArrayNode list = query.putArray("select_list");
        for (Hit hit : used.keySet()) {
            Leaf leaf = from.leaves().get(hit.leaf());
            Column column = leaf.columns().get(hit.column());
            list.add(SyntaxTree.column(leaf.writtenAlias(), column.name()));
            types.add(new Column(nameOf(hit), column.type()));
        }
        if (used.isEmpty()) {
            list.add(SyntaxTree.expression(fragments.session(), "1"));
            types.add(new Column("1", "INTEGER"));
        }
        List<JsonNode> items = new ArrayList<>();
        groups.itemsOf(group).forEach(item -> items.add(from.items().get(item)));
        query.set("from_table", SyntaxTree.product(fragments.session(), items));
        List<JsonNode> conditions = groups.conditionsOf(group);
        query.set("where_clause", SyntaxTree.conjunction(conditions));
        List<String> pushed = new ArrayList<>(List.of("columns"));
        if (items.size() > 1) {
            pushed.add("join");
        }
        if (!conditions.isEmpty()) {
            pushed.add("filter");
        }
        Optional<EagerAggregation> partial = eager.filter(known -> known.group() == group);
        if (partial.isPresent()) {
            aggregate(query, used.size(), partial.get(), types);
            pushed.add("partial aggregates");
        }
        if (!types.stream().allMatch(SelectRewrite::comesBack)) {
            throw new Unclear();
        }
        Fragment fragment = fragments.make(query, types, fragments.uses(query).remote(), pushed);
        fragment.narrowable();
        return fragment;
    }

    /// The group's region aggregates by the columns that are selected so far.
    private void aggregate(
            ObjectNode query, int keys, EagerAggregation partial, List<Column> types) {
        if (keys == 0) {
            throw new Unclear(); // no rows would become one
        }
        List<String> columns = new ArrayList<>();
        query.path("select_list")
                .forEach(column -> columns.add(SyntaxTree.textOf(fragments.session(), column)));
        ObjectNode grouped =
                SyntaxTree.query(
                        fragments.session(),
                        "SELECT 1 FROM range(1) GROUP BY " + String.join(", ", columns));
        query.set("group_expressions", grouped.path("group_expressions"));
        query.set("group_sets", grouped.path("group_sets"));
        ArrayNode list = (ArrayNode) query.path("select_list");
        partial.partials()
                .values()
                .forEach(sql -> list.add(SyntaxTree.expression(fragments.session(), sql)));
        List<Column> bound = fragments.binder().columnsAlone(query).orElseThrow(Unclear::new);
        int index = keys;
        for (Map.Entry<String, String> part : partial.partials().entrySet()) {
            Column column = new Column(part.getKey(), bound.get(index++).type());
            EagerAggregation.requireExact(column, part.getValue());
            types.add(column);
        }
    }

    private static boolean comesBack(Column column) {
        return column.type().equals("HUGEINT") || Fragments.travels(column);
    }

    private JsonNode from(Map<Integer, Fragment> made) {
        List<JsonNode> tables = new ArrayList<>();
        Set<Integer> placed = new HashSet<>();
        for (int item = 0; item < from.items().size(); item++) {
            if (groups.stays(item)) {
                tables.add(from.items().get(item));
                continue;
            }
            for (Map.Entry<Integer, Fragment> group : made.entrySet()) {
                if (groups.itemsOf(group.getKey()).contains(item) && placed.add(group.getKey())) {
                    ObjectNode stand =
                            (ObjectNode)
                                    SyntaxTree.query(
                                                    fragments.session(),
                                                    "SELECT 1 FROM ("
                                                            + group.getValue().selectAll()
                                                            + ") AS "
                                                            + SqlTypes.name(
                                                                    aliasOf(group.getKey())))
                                            .path("from_table");
                    tables.add(stand);
                }
            }
        }
        return SyntaxTree.product(fragments.session(), tables);
    }

    private List<Equation> equations(List<JsonNode> rest) {
        List<Equation> equations = new ArrayList<>();
        for (JsonNode condition : rest) {
            JsonNode left = condition.path("left");
            JsonNode right = condition.path("right");
            if (!SyntaxTree.typeOf(condition).equals("COMPARE_EQUAL")
                    || !isPlain(left)
                    || !isPlain(right)) {
                continue;
            }
            Optional<Hit> one = from.find(left);
            Optional<Hit> other = from.find(right);
            if (one.isPresent() && other.isPresent()) {
                equations.add(new Equation(one.get(), other.get()));
                equations.add(new Equation(other.get(), one.get()));
            }
        }
        return equations.stream().filter(this::joinsKeys).toList();
    }

    private static boolean isPlain(JsonNode node) {
        return SyntaxTree.isColumn(node) && node.path("column_names").size() <= 2;
    }

    private boolean joinsKeys(Equation equation) {
        Column target = columnOf(equation.target());
        return groups.groupOf(equation.target()).isPresent()
                && target.isKey()
                && target.type().equals(columnOf(equation.source()).type());
    }

    private Column columnOf(Hit hit) {
        return from.leaves().get(hit.leaf()).columns().get(hit.column());
    }

    /// By leaf's number, before anything is renamed: the query over a local table's own conditions.
    private Map<Integer, String> localKeys(List<Equation> equations) {
        Map<Integer, String> queries = new HashMap<>();
        for (Equation equation : equations) {
            int leaf = equation.source().leaf();
            JsonNode item = from.items().get(from.leaves().get(leaf).item());
            if (fragments.local(item).isPresent() && SyntaxTree.isTable(item)) {
                queries.computeIfAbsent(
                        leaf,
                        number -> {
                            ObjectNode query =
                                    SyntaxTree.query(fragments.session(), "SELECT * FROM range(1)");
                            query.set("from_table", item.deepCopy());
                            List<JsonNode> conditions =
                                    groups.conditionsOfItem(from.leaves().get(number).item());
                            query.set(
                                    "where_clause", SyntaxTree.conjunction(conditions).deepCopy());
                            return SyntaxTree.render(fragments.session(), query);
                        });
            }
        }
        return queries;
    }

    private List<KeyEdge> edges(
            List<Equation> equations, Map<Integer, String> localKeys, Map<Integer, Fragment> made) {
        List<KeyEdge> edges = new ArrayList<>();
        for (Equation equation : equations) {
            Fragment target = made.get(groups.groupOf(equation.target()).orElseThrow());
            Optional<Source> source = source(equation.source(), localKeys, made);
            if (target != null && source.isPresent()) {
                edges.add(new KeyEdge(target, indexOf(equation.target()), source.get()));
            }
        }
        return edges;
    }

    private Optional<Source> source(
            Hit hit, Map<Integer, String> localKeys, Map<Integer, Fragment> made) {
        Optional<Integer> group = groups.groupOf(hit);
        if (group.isPresent()) {
            return Optional.ofNullable(made.get(group.get()))
                    .map(fragment -> new Source.Part(fragment, indexOf(hit)));
        }
        String query = localKeys.get(hit.leaf());
        if (query == null) {
            return Optional.empty();
        }
        JsonNode item = from.items().get(from.leaves().get(hit.leaf()).item());
        return fragments
                .local(item)
                .map(table ->
                        new Source.Local(
                                table.table().product(),
                                columnOf(hit).name(),
                                query,
                                table.decision().masks().containsKey(columnOf(hit).name())));
    }

    private int indexOf(Hit hit) {
        Map<Hit, Integer> used = columns.getOrDefault(groups.groupOf(hit).orElse(-1), Map.of());
        Integer index = used.get(new Hit(hit.leaf(), hit.column(), 0));
        if (index == null) {
            throw new IllegalStateException("a join's column that is not selected");
        }
        return index;
    }

    /// @param target a column of a group
    private record Equation(Hit target, Hit source) {}

    /// What the FROM of a subquery brings.
    private record Frame(Set<String> aliases, Set<String> columns, boolean[] known) {
        boolean isKnown() {
            return known[0];
        }
    }
}
