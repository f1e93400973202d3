package dev.sheaf.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lineage.Edges.ColumnEdge;
import dev.sheaf.lineage.Edges.TableEdge;
import dev.sheaf.lineage.Edges.WholeEdge;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Edges as JSON that regions send each other: each name stands there once and is meant by its
/// number (spec/lineage.md). Large ones come in parts, which add up.
public final class EdgesJson {
    private EdgesJson() {}

    /// @param columnEdgesMax of one part
    /// @return at least one
    public static List<ObjectNode> parts(Edges edges, int columnEdgesMax) {
        List<ColumnEdge> columns =
                edges.columns().stream()
                        .sorted(
                                java.util.Comparator.comparing(EdgesJson::order)
                                        .thenComparing(ColumnEdge::how))
                        .toList();
        List<ObjectNode> parts = new ArrayList<>();
        int from = 0;
        do {
            int until = Math.min(columns.size(), from + columnEdgesMax);
            Set<ColumnEdge> some = new LinkedHashSet<>(columns.subList(from, until));
            Edges part =
                    from == 0
                            ? new Edges(
                                    edges.inputs(),
                                    edges.outputs(),
                                    edges.tables(),
                                    edges.exact(),
                                    some,
                                    edges.wholes(),
                                    edges.described(),
                                    edges.reads(),
                                    edges.after())
                            : new Edges(
                                    Set.of(), Set.of(), Set.of(), Set.of(), some, Set.of(),
                                    Set.of(), Set.of(), Set.of());
            parts.add(new Writer().write(part));
            from = until;
        } while (from < columns.size());
        return parts;
    }

    private static String order(ColumnEdge edge) {
        return edge.from() + "\0" + edge.to();
    }

    private static final class Writer {
        private final Map<EntityName, Integer> datasets = new LinkedHashMap<>();
        private final Map<ColumnName, Integer> columns = new LinkedHashMap<>();
        private final Map<String, Integer> ways = new LinkedHashMap<>();

        ObjectNode write(Edges edges) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            numbers(json, "inputs", edges.inputs());
            numbers(json, "outputs", edges.outputs());
            numbers(json, "exact", edges.exact());
            numbers(json, "described", edges.described());
            lists(json, "tables", edges.tables(), edge -> List.of(id(edge.from()), id(edge.to())));
            lists(
                    json,
                    "columns",
                    edges.columns(),
                    edge -> List.of(id(edge.from()), id(edge.to()), way(edge.how())));
            lists(
                    json,
                    "wholes",
                    edges.wholes(),
                    edge -> List.of(id(edge.from()), id(edge.to()), way(edge.how())));
            lists(json, "reads", edges.reads(), column -> List.of(id(column)));
            names(json.putArray("after"), new TreeSet<>(edges.after()));
            ObjectNode table = json.putObject("names");
            ArrayNode fields = table.putArray("columns");
            columns.keySet()
                    .forEach(column ->
                            fields.addArray().add(id(column.dataset())).add(column.column()));
            names(table.putArray("datasets"), datasets.keySet());
            ArrayNode how = table.putArray("ways");
            ways.keySet().forEach(how::add);
            return json;
        }

        private static void names(ArrayNode list, Iterable<EntityName> names) {
            names.forEach(name -> list.addArray().add(name.namespace()).add(name.name()));
        }

        private void numbers(ObjectNode json, String member, Set<EntityName> names) {
            ArrayNode list = json.putArray(member);
            new TreeSet<>(names).forEach(name -> list.add(id(name)));
        }

        private static <T> void lists(
                ObjectNode json, String member, Set<T> edges, Function<T, List<Integer>> ids) {
            ArrayNode list = json.putArray(member);
            edges.stream()
                    .sorted(java.util.Comparator.comparing(Object::toString))
                    .forEach(edge -> {
                        ArrayNode each = list.addArray();
                        ids.apply(edge).forEach(each::add);
                    });
        }

        private int id(EntityName name) {
            Integer known = datasets.putIfAbsent(name, datasets.size());
            return known == null ? datasets.size() - 1 : known;
        }

        private int id(ColumnName name) {
            Integer known = columns.putIfAbsent(name, columns.size());
            return known == null ? columns.size() - 1 : known;
        }

        private int way(String how) {
            Integer known = ways.putIfAbsent(how, ways.size());
            return known == null ? ways.size() - 1 : known;
        }
    }

    /// @throws Problem INVALID_VALUE for what is no such JSON
    public static Edges read(JsonNode json) {
        try {
            return new Reader(json.path("names")).read(json);
        } catch (IndexOutOfBoundsException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "edges name something by a number that it has not",
                    e);
        }
    }

    private static final class Reader {
        private final List<EntityName> datasets;
        private final List<ColumnName> columns = new ArrayList<>();
        private final List<String> ways = new ArrayList<>();

        Reader(JsonNode names) {
            this.datasets = names(names.path("datasets"));
            names.path("columns")
                    .forEach(column ->
                            columns.add(
                                    new ColumnName(
                                            datasets.get(column.path(0).asInt(-1)),
                                            column.path(1).asString(""))));
            names.path("ways").forEach(way -> ways.add(way.asString("")));
        }

        private static List<EntityName> names(JsonNode list) {
            List<EntityName> names = new ArrayList<>();
            list.forEach(name ->
                    names.add(
                            new EntityName(name.path(0).asString(""), name.path(1).asString(""))));
            return names;
        }

        Edges read(JsonNode json) {
            return new Edges(
                    numbers(json.path("inputs")),
                    numbers(json.path("outputs")),
                    each(
                            json.path("tables"),
                            edge -> new TableEdge(dataset(edge, 0), dataset(edge, 1))),
                    numbers(json.path("exact")),
                    each(
                            json.path("columns"),
                            edge -> new ColumnEdge(column(edge, 0), column(edge, 1), way(edge))),
                    each(
                            json.path("wholes"),
                            edge -> new WholeEdge(column(edge, 0), dataset(edge, 1), way(edge))),
                    numbers(json.path("described")),
                    each(json.path("reads"), edge -> column(edge, 0)),
                    new LinkedHashSet<>(names(json.path("after"))));
        }

        private Set<EntityName> numbers(JsonNode list) {
            return each(list, number -> datasets.get(number.asInt(-1)));
        }

        private static <T> Set<T> each(JsonNode list, Function<JsonNode, T> read) {
            Set<T> all = new LinkedHashSet<>();
            list.forEach(item -> all.add(read.apply(item)));
            return all;
        }

        private EntityName dataset(JsonNode edge, int place) {
            return datasets.get(edge.path(place).asInt(-1));
        }

        private ColumnName column(JsonNode edge, int place) {
            return columns.get(edge.path(place).asInt(-1));
        }

        private String way(JsonNode edge) {
            return ways.get(edge.path(2).asInt(-1));
        }
    }
}
