package dev.sheaf.node.lineage;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EventReader;
import dev.sheaf.lineage.LineageBook;
import dev.sheaf.lineage.LineageEvent;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.registry.Catalog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The lineage that this node knows: events that came here, what nodes say of publishes, queries
/// and models, and what other regions tell. For any thread.
public final class MeshLineage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshLineage.class);
    private static final String EVENTS = "events.sqlite";

    /// For how long events are kept of which later ones say the same or more.
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration LOOK = Duration.ofHours(1);

    private final MeshNames names;
    private final RegionName region;
    private final LineageGraph graph;
    private final LineageBook book;
    private final Claims claims;
    private final EventTable table;
    private final EventLog log;
    private final ProductLineage products;
    private final Models models;
    private final Clock clock;
    private volatile Consumer<Set<OwnerKey>> listener = _ -> {};

    /// Only the log's thread.
    private Instant forgetAt = Instant.EPOCH;

    /// An event on its way to the disk.
    ///
    /// @param notes for whoever has sent it
    record Received(CompletableFuture<Boolean> isNew, List<String> notes) {}

    private MeshLineage(
            MeshNames names, RegionName region, EventTable table, Catalog catalog, Clock clock) {
        this.names = names;
        this.region = region;
        this.graph = new LineageGraph(names::isProduct);
        this.book = new LineageBook(region.toString(), graph, names::kind);
        this.claims = new Claims(names, graph);
        this.table = table;
        this.log = new EventLog(table, this::count, this::forget);
        this.products = new ProductLineage(catalog, graph, names);
        this.models = new Models(names);
        this.clock = clock;
    }

    /// All events of before count when this returns.
    ///
    /// @param folder where events are kept
    /// @param catalog whose products are in the graph too
    public static MeshLineage open(
            Path folder, MeshNames names, RegionName region, Catalog catalog, Clock clock) {
        MeshLineage lineage =
                new MeshLineage(
                        names, region, EventTable.open(folder.resolve(EVENTS)), catalog, clock);
        lineage.products.start();
        lineage.table.counting(LineageBook.RUNS_MAX, lineage::again);
        lineage.log.start();
        return lineage;
    }

    private void again(KeptEvent kept) {
        try {
            LineageEvent event = ReceivedTime.of(EventReader.read(kept.text()), kept.receivedAt());
            count(kept, claims.counting(event));
        } catch (RuntimeException e) {
            LOG.error("lineage event {} does not count", kept.number(), e);
        }
    }

    private void count(KeptEvent kept, LineageEvent event) {
        Set<OwnerKey> changed = new HashSet<>(models.take(kept, region));
        changed.addAll(book.accept(event).edges().keySet());
        if (!changed.isEmpty()) {
            listener.accept(changed);
        }
    }

    /// Now and then, what is history goes.
    private void forget() {
        Instant now = clock.instant();
        if (now.isBefore(forgetAt)) {
            return;
        }
        try {
            int forgotten = table.forget(now.minus(KEPT), names.consumers());
            // The rest of much goes soon.
            forgetAt = forgotten == EventTable.FORGOTTEN_MAX ? now : now.plus(LOOK);
        } catch (RuntimeException e) {
            LOG.error("lineage events of more than {} ago could not be forgotten", KEPT, e);
            forgetAt = now.plus(LOOK);
        }
    }

    /// Is told what changes from now on, on a thread that it must not hold up.
    void whenChanged(Consumer<Set<OwnerKey>> told) {
        this.listener = told;
    }

    /// Takes an event of a caller.
    ///
    /// @throws dev.sheaf.kernel.Problem when it is none, or says what the caller may not
    Received receive(byte[] text, Principal caller) {
        Instant now = clock.instant();
        LineageEvent event = ReceivedTime.of(EventReader.read(text), now);
        LineageEvent counting = claims.checked(event, caller);
        return new Received(
                log.offer(KeptEvent.of(event, text, caller.subject(), now), counting),
                event.contents().notes());
    }

    /// Takes an event of this node's own.
    CompletableFuture<Boolean> own(byte[] text) {
        LineageEvent event = EventReader.read(text);
        return log.offer(
                KeptEvent.of(event, text, "node/" + region, clock.instant()),
                claims.counting(event));
    }

    /// Which products a product is made from, and by which columns, as the catalog says now.
    Edges made(ProductName product) {
        return products.made(product);
    }

    /// The same for whoever must not wait or fail: that it could not be kept is in the log.
    void ownSoon(byte[] text) {
        Thread.ofVirtual()
                .name("lineage-own")
                .start(() -> {
                    try {
                        EventLog.await(own(text));
                    } catch (RuntimeException e) {
                        LOG.error("an event of this node's own was not kept", e);
                    }
                });
    }

    LineageGraph graph() {
        return graph;
    }

    MeshNames names() {
        return names;
    }

    RegionName region() {
        return region;
    }

    EventTable events() {
        return table;
    }

    Models models() {
        return models;
    }

    /// @throws dev.sheaf.kernel.Problem UNAVAILABLE while events cannot be kept
    public void requireWorking() {
        log.requireWorking();
    }

    @Override
    public void close() {
        products.close();
        log.close();
    }
}
