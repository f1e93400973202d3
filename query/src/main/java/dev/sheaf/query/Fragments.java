package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

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
import java.util.TreeSet;

/// Makes the parts of one statement and knows its tables.
final class Fragments {
    private final EngineSession session;
    private final Binder binder;
    private final Map<String, RemoteTable> remote = new LinkedHashMap<>();
    private final Map<String, GovernedTable> local = new LinkedHashMap<>();
    private final List<Fragment> made = new ArrayList<>();

    Fragments(EngineSession session, List<GovernedTable> local, List<RemoteTable> remote) {
        this.session = session;
        this.binder = new Binder(session);
        local.forEach(table -> this.local.put(table.viewName(), table));
        remote.forEach(table -> this.remote.put(table.viewName(), table));
    }

    EngineSession session() {
        return session;
    }

    Binder binder() {
        return binder;
    }

    List<Fragment> made() {
        return List.copyOf(made);
    }

    Optional<RemoteTable> remote(JsonNode table) {
        return Optional.ofNullable(remote.get(SyntaxTree.tableName(table)));
    }

    Optional<GovernedTable> local(JsonNode table) {
        return Optional.ofNullable(local.get(SyntaxTree.tableName(table)));
    }

    /// @param query over views; it becomes the fragment's
    Fragment make(
            ObjectNode query, List<Column> columns, List<RemoteTable> tables, List<String> pushed) {
        Fragment fragment =
                new Fragment(
                        made.size() + 1,
                        tables.getFirst().region(),
                        query,
                        columns,
                        tables,
                        pushed);
        session.execute(fragment.createShadow());
        made.add(fragment);
        return fragment;
    }

    /// Forgets what was made.
    void clear() {
        forgetFrom(0);
    }

    /// Forgets what was made after the first so many.
    void forgetFrom(int count) {
        while (made.size() > count) {
            session.execute("DROP TABLE temp." + SqlTypes.name(made.removeLast().tableName()));
        }
    }

    /// What a query or a table in FROM reads.
    Uses uses(JsonNode node) {
        Set<RemoteTable> remoteTables = new java.util.LinkedHashSet<>();
        boolean[] isLocal = new boolean[1];
        Set<String> names = new HashSet<>();
        SyntaxTree.each(
                node,
                inner -> {
                    if (SyntaxTree.isTable(inner)) {
                        Optional<RemoteTable> table = remote(inner);
                        table.ifPresent(remoteTables::add);
                        isLocal[0] |= local(inner).isPresent();
                        if (table.isEmpty() && local(inner).isEmpty()) {
                            names.add(SyntaxTree.tableName(inner).toLowerCase(Locale.ROOT));
                        }
                    }
                });
        return new Uses(List.copyOf(remoteTables), isLocal[0], names);
    }

    /// A query that can be answered whole by one other region, together with the common table
    /// expressions around it that it names; empty when there is none.
    Optional<Fragment> whole(ObjectNode query, Map<String, JsonNode> scope) {
        Uses uses = uses(query);
        Set<String> own = new TreeSet<>();
        SyntaxTree.each(query, node -> addExpressionNames(node, own));
        Set<String> wanted = new TreeSet<>(uses.names());
        if (wanted.stream().anyMatch(name -> own.contains(name) && scope.containsKey(name))) {
            return Optional.empty(); // which one is meant would need a second look
        }
        wanted.removeAll(own);
        Optional<List<JsonNode>> around = closure(wanted, scope);
        if (around.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode candidate = Binder.with(query.deepCopy(), around.get());
        Uses all = uses(candidate);
        if (!all.areOfOneRegion() || SyntaxTree.isVolatile(candidate)) {
            return Optional.empty();
        }
        return binder.columnsAlone(candidate)
                .filter(columns -> columns.stream().allMatch(Fragments::travels))
                .map(columns -> make(candidate, columns, all.remote(), pushedBy(candidate)));
    }

    private static void addExpressionNames(JsonNode node, Set<String> names) {
        node.path("cte_map").path("map").forEach(entry -> names.add(Binder.nameOf(entry)));
    }

    /// The expressions of those names and those that they name in turn, in the scope's order; empty
    /// when a name is not known.
    private Optional<List<JsonNode>> closure(Set<String> names, Map<String, JsonNode> scope) {
        Set<String> all = new TreeSet<>(names);
        List<String> order = new ArrayList<>(scope.keySet()).reversed();
        List<JsonNode> entries = new ArrayList<>();
        for (String name : order) {
            JsonNode entry = scope.get(name);
            if (all.remove(name) && entry != null) {
                entries.addFirst(entry);
                Set<String> inner = new TreeSet<>();
                SyntaxTree.each(entry.path("value"), node -> addExpressionNames(node, inner));
                Set<String> more = uses(entry).names();
                if (more.stream().anyMatch(inner::contains)) {
                    return Optional.empty();
                }
                more.remove(name); // a recursive one names itself
                all.addAll(more);
            }
        }
        return all.isEmpty() ? Optional.of(entries) : Optional.empty();
    }

    /// Whether values of the column come back as they left.
    static boolean travels(Column column) {
        return dev.sheaf.contract.DuckTypes.parse(column.type()).isPresent()
                && !column.type().contains("ENUM")
                && !column.type().contains("BIT")
                && !column.type().contains("_S")
                && !column.type().contains("_NS")
                && !column.type().contains("_MS")
                && !column.type().contains("NULL")
                && !column.type().startsWith("TIME WITH TIME ZONE");
    }

    private static List<String> pushedBy(JsonNode query) {
        List<String> pushed = new ArrayList<>();
        boolean joins = SyntaxTree.any(query, node -> SyntaxTree.typeOf(node).equals("JOIN"));
        if (joins) {
            pushed.add("join");
        }
        if (query.path("where_clause").isObject()) {
            pushed.add("filter");
        }
        if (!query.path("group_expressions").isEmpty()
                || query.path("aggregate_handling").asString("").equals("FORCE_AGGREGATES")) {
            pushed.add("aggregate");
        }
        query.path("modifiers")
                .forEach(modifier ->
                        pushed.add(
                                SyntaxTree.typeOf(modifier)
                                        .replace("_MODIFIER", "")
                                        .toLowerCase(Locale.ROOT)));
        return pushed.isEmpty() ? List.of("query") : pushed;
    }

    /// @param isLocal whether a table of this region is among what is read
    /// @param names of common table expressions, in lower case
    record Uses(List<RemoteTable> remote, boolean isLocal, Set<String> names) {
        boolean areOfOneRegion() {
            return !isLocal && remote.stream().map(RemoteTable::region).distinct().count() == 1;
        }
    }
}
