package dev.sheaf.node.lineage;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.RunState;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.queries.ReadNotes;
import dev.sheaf.query.TableRead;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Reports to lineage who asks which products, and for which of their columns: an event for each
/// caller and kind of statement, again when it reads more than it did, and once an hour. Statements
/// of one kind count together, as values may decide what they read. Queries do not wait for it. For
/// any thread.
final class QueryLineage implements ReadNotes {
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final int REMEMBERED_MAX = 100_000;

    private final MeshLineage lineage;
    private final Clock clock;
    private final Map<EntityName, Told> told = new ConcurrentHashMap<>();

    /// @param reads columns by product; no columns when it may be any
    private record Told(Map<EntityName, Optional<Set<String>>> reads, Instant at) {}

    QueryLineage(MeshLineage lineage, Clock clock) {
        this.lineage = lineage;
        this.clock = clock;
    }

    @Override
    public void read(String query, Principal caller, String sql, List<TableRead> tables) {
        if (tables.isEmpty()) {
            return;
        }
        Map<EntityName, Optional<Set<String>>> reads = new HashMap<>();
        for (TableRead table : tables) {
            reads.merge(
                    lineage.names().product(table.product()), table.columns(), QueryLineage::both);
        }
        EntityName consumer = ConsumerName.of(lineage.names(), caller.subject(), sql);
        Instant now = clock.instant();
        Told before = told.get(consumer);
        if (before != null && now.isBefore(before.at().plus(AGAIN))) {
            before.reads()
                    .forEach((product, columns) ->
                            reads.merge(product, columns, QueryLineage::both));
            if (before.reads().equals(reads)) {
                return;
            }
        }
        if (told.size() >= REMEMBERED_MAX) {
            told.clear();
        }
        told.put(consumer, new Told(Map.copyOf(reads), now));
        lineage.ownSoon(
                new EventWriter(now, RunState.COMPLETE, query, consumer, edges(reads)).text());
    }

    private static Optional<Set<String>> both(
            Optional<Set<String>> one, Optional<Set<String>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Set<String> all = new HashSet<>(one.get());
        all.addAll(other.get());
        return Optional.of(all);
    }

    private static Edges edges(Map<EntityName, Optional<Set<String>>> reads) {
        EdgesBuilder edges = new EdgesBuilder();
        reads.forEach((product, columns) -> {
            edges.input(product);
            columns.stream()
                    .flatMap(names -> names.stream().sorted())
                    .forEach(name -> edges.read(new ColumnName(product, name)));
        });
        return edges.build();
    }
}
