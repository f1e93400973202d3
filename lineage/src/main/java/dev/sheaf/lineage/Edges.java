package dev.sheaf.lineage;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What one job, or one model, takes from where and makes of it. Without order, each thing once;
/// immutable.
///
/// @param inputs datasets that are read
/// @param outputs datasets that are written
/// @param tables for those outputs in `exact`, which input feeds which output
/// @param exact outputs that are fed by what `tables` says, and not by each input
/// @param columns which column is made from which
/// @param wholes columns that the whole of a dataset depends on, by filter, join or order
/// @param described outputs of which is known which columns they are made from
/// @param reads columns that are used without being told what for
/// @param after jobs that this one gets its input from directly
public record Edges(
        Set<EntityName> inputs,
        Set<EntityName> outputs,
        Set<TableEdge> tables,
        Set<EntityName> exact,
        Set<ColumnEdge> columns,
        Set<WholeEdge> wholes,
        Set<EntityName> described,
        Set<ColumnName> reads,
        Set<EntityName> after) {
    public static final Edges NONE =
            new Edges(
                    Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
                    Set.of());

    /// One dataset feeds another.
    public record TableEdge(EntityName from, EntityName to) {}

    /// One column is made from another.
    ///
    /// @param how as in `DIRECT/IDENTITY` or `INDIRECT/FILTER`; empty when it was not said
    public record ColumnEdge(ColumnName from, ColumnName to, String how) {}

    /// All of a dataset depends on a column.
    ///
    /// @param how as for a [ColumnEdge]
    public record WholeEdge(ColumnName from, EntityName to, String how) {}

    /// Takes over the sets as they are, which nobody may change afterwards.
    public Edges {}

    /// Whether it says nothing.
    public boolean isEmpty() {
        return equals(NONE);
    }

    /// What both say.
    public Edges and(Edges other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        return new Edges(
                both(inputs, other.inputs),
                both(outputs, other.outputs),
                both(tables, other.tables),
                both(exact, other.exact),
                both(columns, other.columns),
                both(wholes, other.wholes),
                both(described, other.described),
                both(reads, other.reads),
                both(after, other.after));
    }

    private static <T> Set<T> both(Set<T> one, Set<T> other) {
        if (one.containsAll(other)) {
            return one;
        }
        Set<T> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }

    /// The same with other names for columns and, by `datasets`, for datasets. Jobs keep theirs.
    ///
    /// @param columnNames is asked with the names from before
    public Edges renamed(
            UnaryOperator<EntityName> datasets, UnaryOperator<ColumnName> columnNames) {
        return new Edges(
                each(inputs, datasets),
                each(outputs, datasets),
                each(
                        tables,
                        edge ->
                                new TableEdge(
                                        datasets.apply(edge.from()), datasets.apply(edge.to()))),
                each(exact, datasets),
                each(
                        columns,
                        edge ->
                                new ColumnEdge(
                                        columnNames.apply(edge.from()),
                                        columnNames.apply(edge.to()),
                                        edge.how())),
                each(
                        wholes,
                        edge ->
                                new WholeEdge(
                                        columnNames.apply(edge.from()),
                                        datasets.apply(edge.to()),
                                        edge.how())),
                each(described, datasets),
                each(reads, columnNames),
                after);
    }

    private static <T> Set<T> each(Set<T> things, UnaryOperator<T> change) {
        return things.stream().map(change).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// All datasets that are named in it.
    public Set<EntityName> datasets() {
        Set<EntityName> all = new LinkedHashSet<>(inputs);
        all.addAll(outputs);
        tables.forEach(edge -> {
            all.add(edge.from());
            all.add(edge.to());
        });
        columns.forEach(edge -> {
            all.add(edge.from().dataset());
            all.add(edge.to().dataset());
        });
        wholes.forEach(edge -> {
            all.add(edge.from().dataset());
            all.add(edge.to());
        });
        reads.forEach(column -> all.add(column.dataset()));
        return all;
    }
}
