package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.replicas.CopyRecord.State;
import dev.sheaf.node.replicas.PeerFiles.CopyRequest;
import dev.sheaf.node.replicas.PeerFiles.HeldCopy;
import dev.sheaf.node.replicas.PeerFiles.Holdings;
import dev.sheaf.node.replicas.PeerFiles.Offer;
import dev.sheaf.node.replicas.PeerFiles.OfferList;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.query.federation.HeldReleases.Held;

import io.opentelemetry.api.trace.SpanKind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What lies here of one other region: asks it in turns what may, brings what is new, and deletes
/// what may not stay. [#turn] is called by one thread, everything else by any.
final class HomeCopies {
    private static final Logger LOG = LoggerFactory.getLogger(HomeCopies.class);

    /// Names the product and its home in a snapshot's summary.
    static final String SUMMARY_OF = "sheaf.replica.of";

    static final String SUMMARY_HOME = "sheaf.replica.home";
    static final String SUMMARY_RELEASE = "sheaf.release";

    /// Tables of copies; no domain has such a name.
    private static final String NAMESPACE = "sheaf_replicas";

    private static final long AGAIN_NANOS_MIN = TimeUnit.SECONDS.toNanos(2);
    private static final int DOUBLINGS_MAX = 7;

    private final RegionName home;
    private final ReplicaRoom room;
    private final CopyFolder folder;
    private final CopyPull pull;
    private final Map<Long, CopyRecord> copies = new ConcurrentHashMap<>();
    private final Map<String, Direct> direct = new ConcurrentHashMap<>();
    private final Map<Long, Failure> failures = new ConcurrentHashMap<>();
    private volatile OfferList known = new OfferList(List.of(), List.of());
    private volatile Optional<Instant> heardAt = Optional.empty();
    private volatile Optional<String> unheard = Optional.empty();

    /// A table that is read where it lies.
    private record Direct(String metadata, LakeTable table, long release, long snapshotId) {}

    /// @param againNanos when it is tried again, by [System#nanoTime]
    record Failure(int count, long againNanos, String message) {}

    /// @param folder this home's own
    HomeCopies(RegionName home, ReplicaRoom room, Path folder) {
        this.home = home;
        this.room = room;
        this.folder = new CopyFolder(folder);
        this.pull = new CopyPull(home, room.lake(), room.border());
        for (CopyRecord copy : this.folder.load()) {
            copies.put(copy.snapshotId(), copy);
        }
    }

    RegionName home() {
        return home;
    }

    /// One look at the home. Never throws a Problem: what failed is kept for people, and tried
    /// again.
    void turn() {
        try {
            finishLeaving();
            OfferList offers = room.peers().offers(home, holdings());
            heardAt = Optional.of(room.clock().instant());
            unheard = Optional.empty();
            known = offers;
            boolean isLess = withdraw(offers);
            openDirect(offers);
            for (Offer offer : offers.offers()) {
                if (offer.isReplica() && offer.release() > 0) {
                    isLess |= follow(offer);
                }
            }
            failures.keySet().retainAll(wanted(offers));
            if (isLess) {
                // its home may be waiting to hear it
                known = room.peers().offers(home, holdings());
            }
        } catch (Problem e) {
            if (unheard.isEmpty() && e.code() != ProblemCode.CANCELLED) {
                LOG.warn("replicas of {} are not kept up to date: {}", home, e.message());
            }
            unheard = Optional.of(e.code() + ": " + e.message());
        }
    }

    private Holdings holdings() {
        return new Holdings(
                room.store().toString(),
                room.roots(),
                copies.values().stream()
                        .map(copy -> new HeldCopy(copy.product(), copy.snapshotId()))
                        .sorted(Comparator.comparing(HeldCopy::snapshotId))
                        .toList());
    }

    private static Set<Long> wanted(OfferList offers) {
        Set<Long> wanted = new HashSet<>();
        offers.offers().forEach(offer -> wanted.add(offer.snapshotId()));
        return wanted;
    }

    /// Deletes what the home does not let stay.
    private boolean withdraw(OfferList offers) {
        boolean isLess = false;
        for (CopyRecord copy : List.copyOf(copies.values())) {
            if (!offers.stands(copy.product(), copy.snapshotId())) {
                LOG.info(
                        "{} release {} of {} may not stay here; it is deleted",
                        copy.product(),
                        copy.release(),
                        home);
                remove(copy);
                isLess = true;
            }
        }
        return isLess;
    }

    /// Brings the current release, and lets older ones go.
    ///
    /// @return whether something was deleted
    private boolean follow(Offer offer) {
        Optional<CopyRecord> held = Optional.ofNullable(copies.get(offer.snapshotId()));
        if (held.filter(copy -> copy.state() == State.HELD).isEmpty()) {
            Failure failed = failures.get(offer.snapshotId());
            if (failed != null && System.nanoTime() - failed.againNanos() < 0) {
                return false;
            }
            try {
                traced(offer);
                failures.remove(offer.snapshotId());
            } catch (Problem e) {
                failed(offer, e);
                return false;
            }
        }
        return trim(offer);
    }

    private void failed(Offer offer, Problem e) {
        if (e.code() == ProblemCode.CANCELLED) {
            return;
        }
        Failure before = failures.getOrDefault(offer.snapshotId(), new Failure(0, 0, ""));
        long wait = AGAIN_NANOS_MIN << Math.min(before.count(), DOUBLINGS_MAX);
        failures.put(
                offer.snapshotId(),
                new Failure(
                        before.count() + 1,
                        System.nanoTime() + wait,
                        e.code() + ": " + e.message()));
        room.counters().failures.increment();
        LOG.warn(
                "release {} of {} cannot be copied from {}: {}",
                offer.release(),
                offer.product(),
                home,
                e.message());
    }

    /// In the trace of the request that made the release, while its home tells of it.
    private void traced(Offer offer) {
        try (Span span =
                room.tracer().begin("replica copy", SpanKind.INTERNAL, offer.traceparent())) {
            span.set("sheaf.region", home.toString());
            span.set("sheaf.product", offer.product());
            span.set("sheaf.release", offer.release());
            try {
                bring(offer, span);
            } catch (Problem e) {
                span.failed(e);
                throw e;
            }
        }
    }

    private void bring(Offer offer, Span span) {
        PeerFiles peers = room.peers().traced(span.header());
        ProductName product = ProductName.parse(offer.product());
        CopyRecord coming =
                new CopyRecord(
                        offer.product(),
                        home.toString(),
                        offer.release(),
                        offer.snapshotId(),
                        State.COMING,
                        0,
                        0,
                        List.of());
        copies.computeIfAbsent(offer.snapshotId(), _ -> written(coming));
        CopyRequest request = new CopyRequest(product, offer.snapshotId(), room.store());
        TableCopy copy = peers.describe(home, request);
        CopyRecord described =
                new CopyRecord(
                        offer.product(),
                        home.toString(),
                        offer.release(),
                        offer.snapshotId(),
                        State.COMING,
                        copy.rows(),
                        copy.bytes(),
                        copy.files().stream().map(each -> each.id()).toList());
        keep(described);
        long missing = pull.missingBytes(copy, id -> file(product, id));
        span.set("sheaf.rows", copy.rows());
        span.set("sheaf.files", copy.files().size());
        span.set("sheaf.bytes", missing);
        LOG.info(
                "copying release {} of {} from {}: {} rows, {} bytes, of which {} are to come for"
                        + " {}",
                offer.release(),
                product,
                home,
                copy.rows(),
                copy.bytes(),
                missing,
                room.prices().price(home, room.here(), missing));
        Map<String, String> locations =
                pull.files(peers, request, copy, folder.parts(described), id -> file(product, id));
        if (room.lake().table(table(described)).flatMap(LakeTable::current).isEmpty()) {
            room.lake()
                    .copies()
                    .adopt(
                            table(described),
                            copy,
                            metadata(described),
                            locations,
                            Map.of(
                                    SUMMARY_OF, offer.product(),
                                    SUMMARY_HOME, home.toString(),
                                    SUMMARY_RELEASE, Long.toString(offer.release())));
        }
        keep(described.with(State.HELD));
        folder.deleteParts(described);
        LOG.info("release {} of {} is here", offer.release(), product);
    }

    /// The current release stays, and so many of those before it.
    private boolean trim(Offer offer) {
        List<CopyRecord> of =
                new ArrayList<>(
                        copies.values().stream()
                                .filter(copy -> copy.product().equals(offer.product()))
                                .filter(copy -> copy.snapshotId() != offer.snapshotId())
                                .toList());
        of.sort(Comparator.comparingLong(CopyRecord::release).reversed());
        List<CopyRecord> old = of.subList(Math.min(of.size(), room.releasesMax() - 1), of.size());
        old.forEach(this::remove);
        return !old.isEmpty();
    }

    private void finishLeaving() {
        copies.values().stream()
                .filter(copy -> copy.state() == State.LEAVING)
                .toList()
                .forEach(this::remove);
    }

    /// Deletes all that is here of the home; it is not asked.
    void removeAll() {
        List.copyOf(copies.values()).forEach(this::remove);
    }

    /// First nobody reads it any more, then its files go; its record goes last.
    private void remove(CopyRecord copy) {
        keep(copy.with(State.LEAVING));
        room.lake().drop(table(copy));
        room.lake().deletePrefix(metadata(copy) + "/");
        Set<String> gone = new HashSet<>(copy.files());
        copies.values().stream()
                .filter(other -> other.product().equals(copy.product()))
                .filter(other -> other.snapshotId() != copy.snapshotId())
                .forEach(other -> gone.removeAll(other.files()));
        List<String> locations = gone.stream().map(id -> file(copy.name(), id)).toList();
        locations.forEach(room.lake().files()::deleteFile);
        room.deleted().accept(locations);
        folder.delete(copy);
        copies.remove(copy.snapshotId());
    }

    private CopyRecord written(CopyRecord copy) {
        folder.write(copy);
        return copy;
    }

    private void keep(CopyRecord copy) {
        copies.put(copy.snapshotId(), copy);
        folder.write(copy);
    }

    /// Opens what can be read where it lies, so that a statement need not wait for it.
    private void openDirect(OfferList offers) {
        Map<String, Offer> readable = new HashMap<>();
        offers.offers().stream()
                .filter(offer -> offer.metadata().isPresent())
                .forEach(offer -> readable.put(offer.product(), offer));
        direct.keySet().retainAll(readable.keySet());
        readable.forEach((product, offer) -> {
            String metadata = offer.metadata().orElseThrow();
            Direct before = direct.get(product);
            if (before == null || !before.metadata().equals(metadata)) {
                direct.remove(product);
                open(product, offer, metadata);
            }
        });
    }

    private void open(String product, Offer offer, String metadata) {
        boolean isOurs = room.roots().stream().anyMatch(root -> metadata.startsWith(root + "/"));
        try {
            if (isOurs) {
                ProductName name = ProductName.parse(product);
                LakeTable table =
                        room.lake()
                                .copies()
                                .openStatic(
                                        new TableName(name.domain().value(), name.name()),
                                        metadata);
                if (isRelease(table, offer)) {
                    direct.put(
                            product,
                            new Direct(metadata, table, offer.release(), offer.snapshotId()));
                }
            }
        } catch (Problem e) {
            LOG.warn("{} of {} cannot be read where it lies: {}", product, home, e.message());
        }
    }

    private static boolean isRelease(LakeTable table, Offer offer) {
        Optional<SnapshotInfo> snapshot =
                table.snapshots().stream()
                        .filter(each -> each.id() == offer.snapshotId())
                        .findFirst();
        return snapshot.filter(each ->
                        Long.toString(offer.release()).equals(each.summary().get(SUMMARY_RELEASE)))
                .isPresent();
    }

    /// A whole copy first, as nothing crosses a border for it.
    Optional<Held> find(ProductName product, long release) {
        Optional<Held> copy =
                copies.values().stream()
                        .filter(each -> each.state() == State.HELD)
                        .filter(each -> each.product().equals(product.toString()))
                        .filter(each -> each.release() == release)
                        .findFirst()
                        .flatMap(each -> room.lake().table(table(each)))
                        .flatMap(table ->
                                table.current()
                                        .map(snapshot -> new Held(table, snapshot.id(), true)));
        return copy.or(() ->
                Optional.ofNullable(direct.get(product.toString()))
                        .filter(each -> each.release() == release)
                        .map(each -> new Held(each.table(), each.snapshotId(), false)));
    }

    private String folderOf(ProductName product) {
        return room.root()
                + "/replicas/"
                + home.toString().replace('/', '_')
                + "/"
                + product.domain().value()
                + "/"
                + product.name();
    }

    private String file(ProductName product, String id) {
        return folderOf(product) + "/data/" + id + ".parquet";
    }

    private String metadata(CopyRecord copy) {
        return folderOf(copy.name())
                + "/r"
                + copy.release()
                + "-"
                + Long.toUnsignedString(copy.snapshotId());
    }

    private TableName table(CopyRecord copy) {
        return new TableName(
                NAMESPACE,
                home.toString().replace('/', '_')
                        + "."
                        + copy.product()
                        + "."
                        + Long.toUnsignedString(copy.snapshotId()));
    }

    List<CopyRecord> copies() {
        return List.copyOf(copies.values());
    }

    OfferList known() {
        return known;
    }

    Set<String> readDirectly() {
        return Set.copyOf(direct.keySet());
    }

    Optional<Failure> failure(long snapshotId) {
        return Optional.ofNullable(failures.get(snapshotId));
    }

    Optional<Instant> heardAt() {
        return heardAt;
    }

    Optional<String> unheard() {
        return unheard;
    }
}
