package dev.sheaf.contract.diff;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.diff.Change.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Compares one table: columns, keys, partitions, rules.
final class TableComparison {
    private final Changes changes;
    private final TableContract from;
    private final TableContract to;
    private final String table;

    /// New names of renamed columns, by old name.
    private final Map<String, String> renamed = new LinkedHashMap<>();

    TableComparison(Changes changes, TableContract from, TableContract to) {
        this.changes = changes;
        this.from = from;
        this.to = to;
        this.table = to.name();
    }

    void run() {
        columns();
        primaryKey();
        partitions();
        changes.text(
                table,
                Kind.PHYSICAL_NAME_CHANGED,
                Impact.FORWARD,
                from.physicalName(),
                to.physicalName(),
                "consumers use the logical name; producers must deliver under the new one");
        changes.text(
                table,
                Kind.TEXT_CHANGED,
                Impact.COSMETIC,
                from.description(),
                to.description(),
                "the description changed");
        new QualityComparison(changes, table).run(rules(from), rules(to));
    }

    private static List<dev.sheaf.contract.QualityRule> rules(TableContract table) {
        List<dev.sheaf.contract.QualityRule> rules = new ArrayList<>(table.quality());
        table.columns().forEach(column -> rules.addAll(column.quality()));
        return rules;
    }

    private void columns() {
        Map<String, ColumnContract> old = new LinkedHashMap<>();
        from.columns().forEach(column -> old.put(column.name(), column));
        Set<String> matched = new HashSet<>();
        for (ColumnContract column : to.columns()) {
            Optional<ColumnContract> before =
                    Optional.ofNullable(old.get(column.name()))
                            .or(() ->
                                    ContractComparison.was(column.customProperties())
                                            .map(old::get));
            if (before.isEmpty()) {
                added(column);
                continue;
            }
            matched.add(before.get().name());
            if (!before.get().name().equals(column.name())) {
                renamed(before.get(), column);
            }
            new ColumnComparison(changes, table + "." + column.name()).run(before.get(), column);
        }
        old.values().stream()
                .filter(column -> !matched.contains(column.name()))
                .forEach(this::removed);
    }

    private void added(ColumnContract column) {
        boolean required = column.required() || column.primaryKey();
        changes.add(
                table + "." + column.name(),
                Kind.COLUMN_ADDED,
                required ? Impact.FORWARD : Impact.BACKWARD,
                Optional.empty(),
                Optional.of(DuckTypes.toSql(column.type())),
                required
                        ? "producers must deliver it from now on, and rows already published have"
                                + " no value for it: replace them, or make it optional"
                        : "rows already published have no value for it; queries are not affected");
    }

    private void renamed(ColumnContract before, ColumnContract column) {
        renamed.put(before.name(), column.name());
        changes.add(
                table + "." + column.name(),
                Kind.COLUMN_RENAMED,
                Impact.BREAKING,
                Optional.of(before.name()),
                Optional.of(column.name()),
                "queries that name '"
                        + before.name()
                        + "' fail; the data is kept under the new name. To rename without a break,"
                        + " add the new column beside the old one first");
    }

    private void removed(ColumnContract column) {
        changes.add(
                table + "." + column.name(),
                Kind.COLUMN_REMOVED,
                Impact.BREAKING,
                Optional.of(DuckTypes.toSql(column.type())),
                Optional.empty(),
                "queries that name it fail; keep it until its consumers have moved, or, if it was"
                        + " renamed, say so with the custom property "
                        + ContractComparison.WAS
                        + " on the new one");
    }

    private void primaryKey() {
        String old = names(from.primaryKey(), this::newName);
        String now = names(to.primaryKey(), Function.identity());
        if (old.equals(now)) {
            return;
        }
        Kind kind =
                old.isEmpty()
                        ? Kind.PRIMARY_KEY_ADDED
                        : now.isEmpty() ? Kind.PRIMARY_KEY_DROPPED : Kind.PRIMARY_KEY_CHANGED;
        changes.add(
                table,
                kind,
                old.isEmpty() ? Impact.FORWARD : Impact.BREAKING,
                present(old),
                present(now),
                old.isEmpty()
                        ? "producers must deliver unique, non-null keys from now on"
                        : "joins on the old key can multiply or lose rows");
    }

    private void partitions() {
        String old = names(partitioned(from), this::newName);
        String now = names(partitioned(to), Function.identity());
        changes.text(
                table,
                Kind.PARTITIONING_CHANGED,
                Impact.BACKWARD,
                present(old),
                present(now),
                "answers stay the same; queries that filter by the old partitions read more");
    }

    private static List<ColumnContract> partitioned(TableContract table) {
        return table.columns().stream()
                .filter(column -> column.partitionPosition().isPresent())
                .sorted(Comparator.comparingInt(column -> column.partitionPosition().orElse(0)))
                .toList();
    }

    private String newName(String old) {
        return renamed.getOrDefault(old, old);
    }

    private static String names(List<ColumnContract> columns, Function<String, String> rename) {
        return String.join(", ", columns.stream().map(ColumnContract::name).map(rename).toList());
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
