package dev.sheaf.lineage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for datasets, their columns, jobs and ways of derivation, counted from 0, and their
/// names again. Nothing is ever forgotten. For one thread that adds, and then for any that read.
final class Symbols {
    /// Up to so many columns of a dataset are looked through, more are hashed.
    private static final int HASHED_MIN = 16;

    private final Map<EntityName, Integer> datasets = new HashMap<>();
    private final List<EntityName> datasetNames = new ArrayList<>();
    private final List<Columns> columns = new ArrayList<>();
    private int[] columnDatasets = new int[1024];
    private String[] columnNames = new String[1024];
    private int columnCount;
    private final Map<EntityName, Integer> jobs = new HashMap<>();
    private final List<EntityName> jobNames = new ArrayList<>();
    private final Map<String, Integer> ways = new HashMap<>();
    private final List<String> wayNames = new ArrayList<>();

    /// The columns of one dataset.
    private static final class Columns {
        private final IntList ids = new IntList();
        private final Map<String, Integer> byName = new HashMap<>(0);
    }

    /// -1 for an unknown one.
    int findDataset(EntityName name) {
        return datasets.getOrDefault(name, -1);
    }

    int dataset(EntityName name) {
        Integer known = datasets.get(name);
        if (known != null) {
            return known;
        }
        int id = datasetNames.size();
        datasets.put(name, id);
        datasetNames.add(name);
        columns.add(new Columns());
        return id;
    }

    EntityName datasetName(int dataset) {
        return datasetNames.get(dataset);
    }

    int datasetCount() {
        return datasetNames.size();
    }

    /// -1 for an unknown one.
    int findColumn(int dataset, String name) {
        Columns own = columns.get(dataset);
        if (own.ids.size() >= HASHED_MIN) {
            return own.byName.getOrDefault(name, -1);
        }
        for (int index = 0; index < own.ids.size(); index++) {
            if (columnNames[own.ids.get(index)].equals(name)) {
                return own.ids.get(index);
            }
        }
        return -1;
    }

    int column(ColumnName name) {
        return column(dataset(name.dataset()), name.column());
    }

    int column(int dataset, String name) {
        int known = findColumn(dataset, name);
        if (known >= 0) {
            return known;
        }
        if (columnCount == columnDatasets.length) {
            columnDatasets = Arrays.copyOf(columnDatasets, columnCount * 2);
            columnNames = Arrays.copyOf(columnNames, columnCount * 2);
        }
        int id = columnCount++;
        columnDatasets[id] = dataset;
        columnNames[id] = name;
        Columns own = columns.get(dataset);
        own.ids.add(id);
        if (own.ids.size() == HASHED_MIN) {
            for (int index = 0; index < own.ids.size(); index++) {
                own.byName.put(columnNames[own.ids.get(index)], own.ids.get(index));
            }
        } else if (own.ids.size() > HASHED_MIN) {
            own.byName.put(name, id);
        }
        return id;
    }

    IntList columnsOf(int dataset) {
        return columns.get(dataset).ids;
    }

    int datasetOf(int column) {
        return columnDatasets[column];
    }

    String columnName(int column) {
        return columnNames[column];
    }

    int columnCount() {
        return columnCount;
    }

    EntityName jobName(int job) {
        return jobNames.get(job);
    }

    ColumnName column(int column) {
        return new ColumnName(datasetName(datasetOf(column)), columnName(column));
    }

    int job(EntityName name) {
        Integer known = jobs.putIfAbsent(name, jobs.size());
        if (known == null) {
            jobNames.add(name);
            return jobNames.size() - 1;
        }
        return known;
    }

    /// -1 for an unknown one.
    int findJob(EntityName name) {
        return jobs.getOrDefault(name, -1);
    }

    int way(String how) {
        Integer known = ways.get(how);
        if (known != null) {
            return known;
        }
        ways.put(how, wayNames.size());
        wayNames.add(how);
        return wayNames.size() - 1;
    }

    String wayName(int way) {
        return way < 0 ? "" : wayNames.get(way);
    }
}
