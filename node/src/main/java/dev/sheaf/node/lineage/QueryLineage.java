package dev.sheaf.node.lineage;

import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.RunState;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.queries.ReadNotes;
import dev.sheaf.query.TableRead;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Reports to lineage who asks which products: an event for each caller and kind of statement,
/// again when what it reads has changed, and once an hour. Queries do not wait for it. For any
/// thread.
final class QueryLineage implements ReadNotes {
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final int REMEMBERED_MAX = 100_000;

    private final MeshLineage lineage;
    private final Clock clock;
    private final Map<EntityName, Told> told = new ConcurrentHashMap<>();

    private record Told(Set<EntityName> products, Instant at) {}

    QueryLineage(MeshLineage lineage, Clock clock) {
        this.lineage = lineage;
        this.clock = clock;
    }

    @Override
    public void read(String query, Principal caller, String sql, List<TableRead> tables) {
        if (tables.isEmpty()) {
            return;
        }
        Set<EntityName> products =
                tables.stream()
                        .map(table -> lineage.names().product(table.product()))
                        .collect(Collectors.toSet());
        EntityName consumer = ConsumerName.of(lineage.names(), caller.subject(), sql);
        Instant now = clock.instant();
        Told before = told.get(consumer);
        if (before != null
                && before.products().equals(products)
                && now.isBefore(before.at().plus(AGAIN))) {
            return;
        }
        if (told.size() >= REMEMBERED_MAX) {
            told.clear();
        }
        told.put(consumer, new Told(products, now));
        EdgesBuilder edges = new EdgesBuilder();
        products.forEach(edges::input);
        lineage.ownSoon(
                new EventWriter(now, RunState.COMPLETE, query, consumer, edges.build()).text());
    }
}
