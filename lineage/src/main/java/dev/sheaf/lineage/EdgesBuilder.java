package dev.sheaf.lineage;

import dev.sheaf.lineage.Edges.ColumnEdge;
import dev.sheaf.lineage.Edges.TableEdge;
import dev.sheaf.lineage.Edges.WholeEdge;

import java.util.LinkedHashSet;
import java.util.Set;

/// Collects edges; made for one reader, then thrown away.
public final class EdgesBuilder {
    private final Set<EntityName> inputs = new LinkedHashSet<>();
    private final Set<EntityName> outputs = new LinkedHashSet<>();
    private final Set<TableEdge> tables = new LinkedHashSet<>();
    private final Set<EntityName> exact = new LinkedHashSet<>();
    private final Set<ColumnEdge> columns = new LinkedHashSet<>();
    private final Set<WholeEdge> wholes = new LinkedHashSet<>();
    private final Set<EntityName> described = new LinkedHashSet<>();
    private final Set<ColumnName> reads = new LinkedHashSet<>();
    private final Set<EntityName> after = new LinkedHashSet<>();

    public EdgesBuilder input(EntityName dataset) {
        inputs.add(dataset);
        return this;
    }

    public EdgesBuilder output(EntityName dataset) {
        outputs.add(dataset);
        return this;
    }

    /// An output that is fed by those inputs only that are said to.
    EdgesBuilder exact(EntityName output) {
        outputs.add(output);
        exact.add(output);
        return this;
    }

    EdgesBuilder table(EntityName from, EntityName to) {
        inputs.add(from);
        tables.add(new TableEdge(from, to));
        return this;
    }

    /// It is known which columns the output is made from, even if from none.
    public EdgesBuilder described(EntityName output) {
        outputs.add(output);
        described.add(output);
        return this;
    }

    public EdgesBuilder column(ColumnName from, ColumnName to, String how) {
        inputs.add(from.dataset());
        tables.add(new TableEdge(from.dataset(), to.dataset()));
        columns.add(new ColumnEdge(from, to, how));
        return described(to.dataset());
    }

    public EdgesBuilder whole(ColumnName from, EntityName to, String how) {
        inputs.add(from.dataset());
        tables.add(new TableEdge(from.dataset(), to));
        wholes.add(new WholeEdge(from, to, how));
        outputs.add(to);
        return this;
    }

    public EdgesBuilder read(ColumnName column) {
        inputs.add(column.dataset());
        reads.add(column);
        return this;
    }

    public EdgesBuilder after(EntityName job) {
        after.add(job);
        return this;
    }

    /// What was collected; nothing more may be added.
    public Edges build() {
        Set<TableEdge> needed = new LinkedHashSet<>(tables);
        // Those of other outputs follow from what is read and written.
        needed.removeIf(edge -> !exact.contains(edge.to()));
        return new Edges(inputs, outputs, needed, exact, columns, wholes, described, reads, after);
    }
}
