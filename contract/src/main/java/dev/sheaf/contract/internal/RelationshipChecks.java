package dev.sheaf.contract.internal;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Finding.Severity;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Pointers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether relationships lead anywhere, and whether tables refer to each other in a circle.
///
/// Understood are `table.column` (also deeper) and `/schema/<table>/properties/<column>`, each part
/// a name or an `id`. References into other files are not followed.
final class RelationshipChecks {
    private final Node.Mapping root;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Set<String>> columns = new HashMap<>();
    private final Map<String, String> tableNames = new HashMap<>();

    /// Tables that a table refers to, with the pointer of the first such relationship.
    private final Map<String, Map<String, String>> edges = new LinkedHashMap<>();

    RelationshipChecks(Node.Mapping root) {
        this.root = root;
    }

    List<Finding> run() {
        List<Fields> tables = new Fields(root).objects("schema");
        for (Fields table : tables) {
            Set<String> names = new HashSet<>();
            collect(table, "", names);
            String name = table.text("name").orElse("");
            columns.put(name, names);
            tableNames.put(name, name);
            table.text("id").ifPresent(id -> tableNames.putIfAbsent(id, name));
        }
        int index = 0;
        for (Fields table : tables) {
            relationships(table, table.text("name").orElse(""), "/schema/" + index++);
        }
        cycles();
        return findings;
    }

    private static void collect(Fields owner, String prefix, Set<String> names) {
        for (Fields property : owner.objects("properties")) {
            for (Optional<String> name : List.of(property.text("name"), property.text("id"))) {
                name.ifPresent(known -> {
                    names.add(prefix + known);
                    collect(property, prefix + known + ".", names);
                });
            }
        }
    }

    private void relationships(Fields owner, String table, String pointer) {
        int index = 0;
        for (Fields relationship : owner.objects("relationships")) {
            String at = pointer + "/relationships/" + index++;
            List<String> from = references(relationship, "from");
            List<String> to = references(relationship, "to");
            if (!from.isEmpty() && from.size() != to.size()) {
                warn(
                        at,
                        "has "
                                + from.size()
                                + " columns in 'from' and "
                                + to.size()
                                + " in 'to'; they must correspond");
            }
            from.forEach(reference -> resolve(reference, table, at + "/from"));
            to.forEach(reference ->
                    resolve(reference, table, at + "/to")
                            .filter(target -> !target.equals(table))
                            .ifPresent(target ->
                                    edges.computeIfAbsent(table, key -> new LinkedHashMap<>())
                                            .putIfAbsent(target, at)));
        }
        int position = 0;
        for (Fields property : owner.objects("properties")) {
            relationships(property, table, pointer + "/properties/" + position++);
        }
    }

    private static List<String> references(Fields relationship, String key) {
        return relationship.text(key).map(List::of).orElseGet(() -> relationship.texts(key));
    }

    /// The table it leads to, if it is in this document.
    private Optional<String> resolve(String reference, String table, String pointer) {
        if (reference.contains("#") || reference.contains("://")) {
            return Optional.empty();
        }
        String path =
                reference.startsWith("/") || reference.startsWith("schema/")
                        ? reference
                                .replaceFirst("^/?schema/", "")
                                .replaceAll("/(properties|items)/", ".")
                        : reference;
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        String target = tableNames.get(first);
        String column = dot < 0 ? "" : path.substring(dot + 1);
        if (target == null) {
            boolean own = columns.getOrDefault(table, Set.of()).contains(path);
            if (!own) {
                warn(
                        pointer,
                        "'"
                                + Finding.shown(reference)
                                + "' leads to no table of this contract; tables are "
                                + String.join(", ", new LinkedHashSet<>(tableNames.values())));
            }
            return Optional.empty();
        }
        if (!column.isEmpty() && !columns.getOrDefault(target, Set.of()).contains(column)) {
            warn(
                    pointer,
                    "'"
                            + Finding.shown(reference)
                            + "' leads to no column: '"
                            + Finding.shown(target)
                            + "' has no '"
                            + Finding.shown(column)
                            + "'");
        }
        return Optional.of(target);
    }

    private void cycles() {
        Set<String> done = new HashSet<>();
        for (String start : edges.keySet()) {
            follow(start, new ArrayList<>(), done);
        }
    }

    private void follow(String table, List<String> path, Set<String> done) {
        int index = path.indexOf(table);
        if (index >= 0) {
            List<String> circle = new ArrayList<>(path.subList(index, path.size()));
            circle.add(table);
            String last = path.getLast();
            warn(
                    edges.getOrDefault(last, Map.of()).getOrDefault(table, ""),
                    "tables refer to each other in a circle: "
                            + String.join(" -> ", circle)
                            + "; no order of publishing satisfies all of them");
            return;
        }
        if (!done.add(table)) {
            return;
        }
        path.add(table);
        for (String next : edges.getOrDefault(table, Map.of()).keySet()) {
            follow(next, path, done);
        }
        path.removeLast();
    }

    private void warn(String pointer, String message) {
        findings.add(
                new Finding(
                        Severity.WARNING,
                        Pointers.locate(root, pointer),
                        pointer,
                        "sheaf.relationship",
                        message));
    }
}
