package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.ScanPlan;

import org.apache.iceberg.expressions.Expressions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Finds the files that a statement needs of each table.
///
/// All files of small local tables; for others, DuckDB's own optimizer says on shadow tables which
/// columns and conditions reach each scan, and Iceberg's statistics which files can match.
final class FilePlanner {
    private final FileAccess access;
    private final int pruneFilesMin;

    FilePlanner(FileAccess access, int pruneFilesMin) {
        this.access = access;
        this.pruneFilesMin = pruneFilesMin;
    }

    List<PlannedTable> plan(EngineSession session, String sql, List<GovernedTable> tables) {
        List<ScanPlan> plans = new ArrayList<>();
        boolean worthPruning = false;
        for (GovernedTable table : tables) {
            ScanPlan plan =
                    table.table()
                            .table()
                            .plan(table.table().snapshotId(), Expressions.alwaysTrue());
            plans.add(plan);
            worthPruning |=
                    plan.files().size() >= Math.max(1, pruneFilesMin)
                            || access.isRemote(plan.files());
        }
        Map<String, ScanNeeds> needs = worthPruning ? ScanNeeds.of(session, sql, tables) : Map.of();
        List<PlannedTable> planned = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            GovernedTable table = tables.get(i);
            ScanNeeds need = needs.getOrDefault(table.viewName(), ScanNeeds.EVERYTHING);
            planned.add(open(table, plans.get(i), need));
        }
        return planned;
    }

    private PlannedTable open(GovernedTable table, ScanPlan all, ScanNeeds need) {
        ScanPlan plan =
                need.filter().op() == org.apache.iceberg.expressions.Expression.Operation.TRUE
                        ? all
                        : table.table().table().plan(table.table().snapshotId(), need.filter());
        List<PlannedFile> files =
                plan.files().stream().sorted(Comparator.comparing(PlannedFile::location)).toList();
        FileAccess.Opened opened =
                access.open(files, table.schema(), need.columns(), need.filter());
        return new PlannedTable(table, opened, all.files().size() - files.size(), plan.bytes());
    }
}
