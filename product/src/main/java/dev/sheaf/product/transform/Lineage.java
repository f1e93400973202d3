package dev.sheaf.product.transform;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.engine.EngineSession;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which columns of the input each published column is made from. Where that cannot be told it is
/// made from all of them. Conditions that take rows out (WHERE, QUALIFY) are no source of a column.
///
/// Names are in lower case.
///
/// @param outputs by the name that the select list gives
/// @param star names in `*` with what it leaves out or puts in, when there is one: other columns
///   are those of the same name
/// @param rows what decides which rows there are
public record Lineage(Map<String, Sources> outputs, Optional<Sources> star, Sources rows) {
    /// Each column is the input's of its name.
    public static final Lineage AS_IS =
            new Lineage(Map.of(), Optional.of(new Sources(Set.of(), true, false)), Sources.NONE);

    /// Nothing is known of how columns are made.
    public static final Lineage UNKNOWN = new Lineage(Map.of(), Optional.empty(), Sources.NONE);

    public Lineage {
        outputs = Map.copyOf(outputs);
    }

    /// What one column is made from.
    ///
    /// @param columns of the input
    /// @param isCopy whether it is one column as it is, or as another type
    /// @param isAll whether it may be made from any column; `columns` says nothing then
    public record Sources(Set<String> columns, boolean isCopy, boolean isAll) {
        /// No column.
        public static final Sources NONE = new Sources(Set.of(), false, false);

        static final Sources ALL = new Sources(Set.of(), false, true);

        public Sources {
            columns = Set.copyOf(columns);
        }

        private Sources with(Sources other) {
            Set<String> both = new HashSet<>(columns);
            both.addAll(other.columns);
            return new Sources(both, isCopy && other.isCopy, isAll || other.isAll);
        }
    }

    /// @param sql a transform that [Transform#compile] takes
    /// @throws dev.sheaf.kernel.Problem INVALID_SQL
    public static Lineage of(EngineSession session, String sql) {
        JsonNode select = SyntaxTree.parse(session, "the transform (sheaf.transform)", sql).node();
        Set<String> rows = new HashSet<>(Set.of("input"));
        if (select.path("from_table") instanceof ObjectNode table) {
            rows.add(lower(SqlGuard.text(table, "alias")));
        }
        Map<String, Sources> outputs = new LinkedHashMap<>();
        Optional<Sources> star = Optional.empty();
        for (JsonNode node : select.path("select_list")) {
            if (!(node instanceof ObjectNode item)) {
                continue;
            }
            Sources sources = sources(item, rows, outputs);
            if (SqlGuard.text(item, "class").equals("STAR")) {
                Sources copied =
                        item.path("columns").asBoolean()
                                ? Sources.ALL
                                : new Sources(
                                        sources.columns(), sources.columns().isEmpty(), false);
                star = Optional.of(star.map(copied::with).orElse(copied));
            } else {
                outputs.merge(name(item), sources, Sources::with);
            }
        }
        return new Lineage(outputs, star, rows(select, rows, outputs));
    }

    /// What a column of the contract is made from.
    public Sources of(ColumnContract column) {
        Sources named = outputs.get(lower(column.name()));
        if (named != null) {
            return named;
        }
        if (star.isEmpty()) {
            // Of a transform that is known, nothing; it would not have been let in.
            return Sources.ALL;
        }
        Set<String> names = new HashSet<>(star.get().columns());
        names.add(lower(column.name()));
        column.physicalName().map(Lineage::lower).ifPresent(names::add);
        return new Sources(names, star.get().isCopy(), star.get().isAll());
    }

    private static String name(ObjectNode item) {
        String alias = SqlGuard.text(item, "alias");
        JsonNode path = item.path("column_names");
        return lower(alias.isEmpty() ? path.path(path.size() - 1).asString("") : alias);
    }

    private static Sources rows(JsonNode select, Set<String> rows, Map<String, Sources> outputs) {
        Sources all = Sources.NONE;
        for (String clause : List.of("where_clause", "qualify")) {
            if (select.path(clause) instanceof ObjectNode condition) {
                all = all.with(sources(condition, rows, outputs));
            }
        }
        return all;
    }

    /// @param rows names that mean a whole row of the input
    /// @param earlier columns that may be named as well
    private static Sources sources(
            ObjectNode item, Set<String> rows, Map<String, Sources> earlier) {
        Set<String> names = new HashSet<>();
        boolean[] isAll = new boolean[1];
        collect(item, true, rows, names, isAll);
        JsonNode plain = item;
        while (plain instanceof ObjectNode cast && SqlGuard.text(cast, "class").equals("CAST")) {
            plain = cast.path("child");
        }
        boolean isCopy =
                plain instanceof ObjectNode object
                        && SqlGuard.text(object, "class").equals("COLUMN_REF");
        Sources sources = new Sources(names, isCopy, isAll[0]);
        for (String name : names) {
            Sources before = earlier.get(name);
            if (before != null) {
                sources = sources.with(before);
            }
        }
        return sources;
    }

    /// Every part of a name counts: `a.b` is a column of a table or a member of a column.
    private static void collect(
            JsonNode node, boolean isItem, Set<String> rows, Set<String> names, boolean[] isAll) {
        if (node instanceof ObjectNode object) {
            String kind = SqlGuard.text(object, "class");
            JsonNode path = object.path("column_names");
            if (kind.equals("COLUMN_REF")) {
                for (JsonNode part : path) {
                    names.add(lower(part.asString("")));
                }
                isAll[0] |= path.size() == 1 && rows.contains(lower(path.path(0).asString("")));
            } else if (kind.equals("STAR") && !isItem) {
                isAll[0] = true;
            }
        }
        node.forEach(child -> collect(child, false, rows, names, isAll));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
