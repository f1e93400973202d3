package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Sha256;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Which columns of its tables a statement reads: those that its result is made of or depends on,
/// and those without which it would mean nothing. What a mask is made of counts with its column;
/// what only a row filter looks at does not.
///
/// DuckDB itself says so. On shadow tables, its optimizer is left with nothing to do but to leave
/// out columns that the result does not depend on; what stays at the scans is read. A column that
/// the statement writes the name of, and that was left out, is read if the statement does not bind
/// over a table without it.
///
/// Statements that differ in values only are looked into once. For any thread.
final class ReadColumns {
    private static final int REMEMBERED_MAX = 10_000;

    /// More than so many columns that are named and not used count as read.
    private static final int TRIED_MAX = 16;

    /// Without the second, an expression that is used twice would be scanned whole.
    private static final Set<String> OPTIMIZERS = Set.of("unused_columns", "cte_inlining");

    /// Names that `*` leaves out are not read, though EXCLUDE wants them to be there.
    private static final Set<String> LEFT_OUT = Set.of("exclude_list", "qualified_exclude_list");

    private final Map<Sha256, Map<String, Set<String>>> known = new ConcurrentHashMap<>();
    private volatile String setting = "";

    /// Of a statement over local tables alone, that have no shadows.
    ///
    /// @param query its tree over views
    /// @param sql the same as text
    /// @return by view; a view is missing when it cannot be told, and all of it may be read
    Map<String, Set<String>> of(
            EngineSession session, JsonNode query, String sql, List<GovernedTable> tables) {
        Sha256 key = key(query, tables, List.of());
        Map<String, Set<String>> remembered = known.get(key);
        if (remembered != null || tables.isEmpty()) {
            return remembered == null ? Map.of() : remembered;
        }
        Shadows.create(session, tables);
        try {
            return remember(key, asked(session, query, sql, tables, List.of()));
        } finally {
            Shadows.drop(session, tables);
        }
    }

    /// Of a statement over several regions, while all its tables have shadows.
    Map<String, Set<String>> of(
            EngineSession session,
            JsonNode query,
            String sql,
            List<GovernedTable> tables,
            List<RemoteTable> remote) {
        Sha256 key = key(query, tables, remote);
        Map<String, Set<String>> remembered = known.get(key);
        if (remembered != null) {
            return remembered;
        }
        try {
            return remember(key, asked(session, query, sql, tables, remote));
        } finally {
            Shadows.optimize(session);
        }
    }

    private static Sha256 key(
            JsonNode query, List<GovernedTable> tables, List<RemoteTable> remote) {
        StringBuilder text = new StringBuilder(StatementText.of(query));
        shadows(tables, remote).forEach(shadow -> text.append('\0').append(shadow.create()));
        for (GovernedTable table : tables) {
            table.decision().masks().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(mask -> text.append('\0').append(mask));
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Shadow> shadows(List<GovernedTable> tables, List<RemoteTable> remote) {
        List<Shadow> shadows = new ArrayList<>();
        tables.forEach(table -> shadows.add(table.shadow()));
        remote.forEach(table -> shadows.add(table.shadow()));
        return shadows;
    }

    private Map<String, Set<String>> remember(Sha256 key, Map<String, Set<String>> columns) {
        if (known.size() >= REMEMBERED_MAX) {
            known.clear();
        }
        known.put(key, columns);
        return columns;
    }

    private Map<String, Set<String>> asked(
            EngineSession session,
            JsonNode query,
            String sql,
            List<GovernedTable> tables,
            List<RemoteTable> remote) {
        List<Shadow> shadows = shadows(tables, remote);
        session.execute(setting(session));
        Optional<PlanScans> plan = plan(session, sql);
        if (plan.isEmpty()) {
            return Map.of(); // it means nothing, and will soon be refused
        }
        Map<String, Set<String>> columns = new HashMap<>();
        for (Shadow shadow : shadows) {
            scanned(plan.get(), shadow).ifPresent(each -> columns.put(shadow.name(), each));
        }
        addNamed(session, query, sql, shadows, columns);
        for (GovernedTable table : tables) {
            Set<String> read = columns.get(table.viewName());
            if (read != null) {
                addMasked(session, table, read);
            }
        }
        return columns.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, each -> Set.copyOf(each.getValue())));
    }

    /// All that DuckDB has but [#OPTIMIZERS] is off, whatever its version brings.
    private String setting(EngineSession session) {
        if (setting.isEmpty()) {
            setting =
                    "SET disabled_optimizers = "
                            + SqlTypes.text(
                                    session
                                            .query("SELECT name FROM duckdb_optimizers()")
                                            .rows()
                                            .stream()
                                            .map(row -> String.valueOf(row.getFirst()))
                                            .filter(name -> !OPTIMIZERS.contains(name))
                                            .collect(Collectors.joining(",")));
        }
        return setting;
    }

    private static Optional<PlanScans> plan(EngineSession session, String sql) {
        try {
            return Optional.of(PlanScans.of(session, sql));
        } catch (EngineProblem e) {
            if (e.kind() != Kind.INVALID_SQL) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// Empty when the plan does not say so much that nothing can be missing.
    private static Optional<Set<String>> scanned(PlanScans plan, Shadow shadow) {
        Set<String> columns = new HashSet<>();
        List<JsonNode> scans = plan.of(shadow.name());
        for (JsonNode scan : scans) {
            List<String> shown = PlanScans.texts(scan.path("Projections"));
            if (shown.isEmpty() || !PlanScans.texts(scan.path("Filters")).isEmpty()) {
                return Optional.empty();
            }
            for (String name : shown) {
                Set<String> meant = meant(shadow, name);
                if (meant.isEmpty()) {
                    return Optional.empty();
                }
                columns.addAll(meant);
            }
        }
        return scans.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    /// Parts of a nested column are shown as `column.part`.
    private static Set<String> meant(Shadow shadow, String shown) {
        Set<String> meant = new HashSet<>();
        for (Column column : shadow.columns()) {
            if (shown.equals(column.name()) || shown.startsWith(column.name() + ".")) {
                meant.add(column.name());
            }
        }
        return meant;
    }

    private static void addNamed(
            EngineSession session,
            JsonNode query,
            String sql,
            List<Shadow> shadows,
            Map<String, Set<String>> columns) {
        Set<String> written = new HashSet<>();
        addWritten(query, written);
        record Unused(Shadow shadow, Column column, Set<String> read) {}
        List<Unused> named = new ArrayList<>();
        for (Shadow shadow : shadows) {
            Set<String> read = columns.get(shadow.name());
            if (read == null) {
                continue;
            }
            for (Column column : shadow.columns()) {
                if (!read.contains(column.name())
                        && written.contains(column.name().toLowerCase(Locale.ROOT))) {
                    named.add(new Unused(shadow, column, read));
                }
            }
        }
        for (Unused each : named) {
            if (named.size() > TRIED_MAX
                    || !bindsWithout(session, sql, each.shadow(), each.column())) {
                each.read().add(each.column().name());
            }
        }
    }

    private static void addWritten(JsonNode node, Set<String> written) {
        if (node.isString()) {
            written.add(node.stringValue().toLowerCase(Locale.ROOT));
        } else if (node.isObject()) {
            node.properties().stream()
                    .filter(member -> !LEFT_OUT.contains(member.getKey()))
                    .forEach(member -> addWritten(member.getValue(), written));
        } else {
            node.forEach(element -> addWritten(element, written));
        }
    }

    private static boolean bindsWithout(
            EngineSession session, String sql, Shadow shadow, Column column) {
        session.execute(shadow.drop() + ";" + shadow.without(column).create());
        try {
            return plan(session, sql).isPresent();
        } finally {
            session.execute(shadow.drop() + ";" + shadow.create());
        }
    }

    private static void addMasked(EngineSession session, GovernedTable table, Set<String> read) {
        for (String column : Set.copyOf(read)) {
            String mask = table.decision().masks().get(column);
            if (mask == null) {
                continue;
            }
            SyntaxTree.each(
                    PlanScans.parse(session, mask),
                    node -> {
                        if (SyntaxTree.isColumn(node)) {
                            node.path("column_names").forEach(name -> addColumn(table, name, read));
                        }
                    });
        }
    }

    private static void addColumn(GovernedTable table, JsonNode name, Set<String> read) {
        org.apache.iceberg.types.Types.NestedField field =
                table.schema().caseInsensitiveFindField(name.asString(""));
        if (field != null) {
            read.add(field.name());
        }
    }
}
