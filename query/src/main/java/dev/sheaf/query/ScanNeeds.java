package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a statement reads of a table, over all places where it reads it. Always enough, often more.
///
/// @param columns names at the top level; empty for all
/// @param filter rows that do not match are not needed
record ScanNeeds(Optional<Set<String>> columns, Expression filter) {
    static final ScanNeeds EVERYTHING = new ScanNeeds(Optional.empty(), Expressions.alwaysTrue());

    private static final Logger LOG = LoggerFactory.getLogger(ScanNeeds.class);

    /// Filters are read from EXPLAIN's text, which is certain only while names need no quotes.
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// By view name; tables that are missing need everything.
    static Map<String, ScanNeeds> of(
            EngineSession session, String sql, List<GovernedTable> tables) {
        PlanScans plan = explain(session, sql, tables);
        Map<String, ScanNeeds> needs = new HashMap<>();
        for (GovernedTable table : tables) {
            List<JsonNode> scans = plan.of(table.viewName());
            if (!scans.isEmpty() && hasPlainNames(table.schema())) {
                needs.put(table.viewName(), ofTable(session, table, scans));
            }
        }
        return needs;
    }

    private static PlanScans explain(
            EngineSession session, String sql, List<GovernedTable> tables) {
        Shadows.create(session, tables);
        try {
            return PlanScans.of(session, sql);
        } finally {
            Shadows.drop(session, tables);
        }
    }

    private static boolean hasPlainNames(Schema schema) {
        return schema.columns().stream()
                .allMatch(column -> PLAIN_NAME.matcher(column.name()).matches());
    }

    private static ScanNeeds ofTable(
            EngineSession session, GovernedTable table, List<JsonNode> scans) {
        FilterReader reader = new FilterReader(table);
        Set<String> columns = new HashSet<>();
        Expression any = Expressions.alwaysFalse();
        for (JsonNode scan : scans) {
            Expression all = Expressions.alwaysTrue();
            for (String column : PlanScans.texts(scan.path("Projections"))) {
                addColumn(table.schema(), column, columns);
            }
            for (String filter : PlanScans.texts(scan.path("Filters"))) {
                JsonNode tree = parse(session, FilterReader.withoutHints(filter));
                reader.columns(tree).forEach(name -> addColumn(table.schema(), name, columns));
                all = Expressions.and(all, reader.read(tree));
            }
            any = Expressions.or(any, all);
        }
        boolean governed =
                !table.decision().masks().isEmpty() || table.decision().rowFilter().isPresent();
        return new ScanNeeds(governed ? Optional.empty() : Optional.of(columns), any);
    }

    private static void addColumn(Schema schema, String name, Set<String> columns) {
        int dot = name.indexOf('.');
        Types.NestedField field =
                schema.caseInsensitiveFindField(dot < 0 ? name : name.substring(0, dot));
        if (field != null) {
            columns.add(field.name());
        }
    }

    private static JsonNode parse(EngineSession session, String condition) {
        try {
            return PlanScans.parse(session, condition);
        } catch (EngineProblem e) {
            LOG.debug("a filter is not used for pruning: {}", e.kind());
            return Parser.read("{}");
        }
    }
}
