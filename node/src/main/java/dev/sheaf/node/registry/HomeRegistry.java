package dev.sheaf.node.registry;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.registry.AnnouncingLedger.Changed;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.Manifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.PolicyManifest;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.ManifestKind;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Keeps this region's manifests as ledger, releases and policies say: in the catalog, and in the
/// documents of those regions that may know. What changed is seen to at once, and all of it every
/// minute; whoever publishes or applies waits for nothing here and fails for nothing here. For any
/// thread; a thread of its own does the work.
final class HomeRegistry implements AutoCloseable {
    /// The catalog's name for what is at home here, which needs no document.
    static final String LOCAL = "local";

    private static final Logger LOG = LoggerFactory.getLogger(HomeRegistry.class);
    private static final Duration NET = Duration.ofSeconds(3);
    private static final Duration FIRST_SWEEP_MAX = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final HomeProducts products;
    private final Catalog catalog;
    private final Supplier<String> policyRevision;
    private final RegionName own;
    private final MeshDocuments documents;
    private final WrittenManifests written;
    private final Clock clock;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<ProductName> dirty = new HashSet<>();
    private final Map<DocumentPlace, Optional<JsonNode>> altered = new HashMap<>();
    private boolean isAllDirty = true;
    private volatile @Nullable RuntimeException failure;

    /// Only the thread's: what is said now, and to whom.
    private final Map<ProductName, Readers> readers = new TreeMap<>();

    private final Map<DomainName, DomainManifest> domains = new HashMap<>();
    private final Map<String, Set<ManifestId>> shown = new HashMap<>();
    private boolean isLoaded;
    private boolean isComplete;

    private final CountDownLatch firstSweep = new CountDownLatch(1);
    private long sweptNanos;

    /// @param policyRevision of the policies in force; empty when there are none
    HomeRegistry(
            Ledger ledger,
            HomeProducts products,
            Catalog catalog,
            Supplier<String> policyRevision,
            MeshDocuments documents,
            Clock clock) {
        this.ledger = ledger;
        this.products = products;
        this.catalog = catalog;
        this.policyRevision = policyRevision;
        this.own = documents.own();
        this.documents = documents;
        this.written = new WrittenManifests(documents);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("home-registry").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Waits until the catalog has what is at home here, or it has turned out that it cannot.
    void awaitFirstSweep() {
        try {
            if (!firstSweep.await(FIRST_SWEEP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("not all products of this region are in its catalog yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Something was declared, released, rolled back or removed.
    void changed(Changed change) {
        lock.lock();
        try {
            dirty.addAll(change.products());
            isAllDirty |= change.isDeclared();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Policies, and with them who may know of what.
    void policiesChanged() {
        changed(new Changed(Set.of(), true));
    }

    /// Another region has written or deleted a document of this one.
    void changedByOthers(DocumentPlace place, Optional<JsonNode> document) {
        lock.lock();
        try {
            altered.put(place, document);
            isAllDirty = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// @throws Problem UNAVAILABLE while manifests cannot be written
    void requireWriting() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "other regions do not hear what changes here; it is tried again: "
                            + broken.getMessage(),
                    broken);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("manifests are kept no more", e);
        }
    }

    private void turn() throws InterruptedException {
        Set<ProductName> some;
        boolean isAll;
        Map<DocumentPlace, Optional<JsonNode>> others;
        lock.lock();
        try {
            long left = NET.toNanos();
            while (dirty.isEmpty() && !isAllDirty && left > 0) {
                left = changed.awaitNanos(left);
            }
            some = Set.copyOf(dirty);
            isAll = isAllDirty || System.nanoTime() - sweptNanos > SWEEP.toNanos();
            others = Map.copyOf(altered);
            dirty.clear();
            altered.clear();
            isAllDirty = false;
        } finally {
            lock.unlock();
        }
        try {
            see(some, isAll, others);
            failure = null;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            failed(e, some, others);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void failed(
            RuntimeException e,
            Set<ProductName> some,
            Map<DocumentPlace, Optional<JsonNode>> others) {
        if (failure == null) {
            LOG.error("manifests could not be brought up to date; it is tried again", e);
        }
        failure = e;
        firstSweep.countDown();
        lock.lock();
        try {
            dirty.addAll(some);
            others.forEach(altered::putIfAbsent);
            isAllDirty = true;
        } finally {
            lock.unlock();
        }
    }

    private void see(
            Set<ProductName> some, boolean isAll, Map<DocumentPlace, Optional<JsonNode>> others) {
        if (!isLoaded) {
            written.load();
            isLoaded = true;
        }
        others.forEach(written::changedByOthers);
        if (!isAll && some.isEmpty()) {
            return;
        }
        Faults failed = new Faults();
        // What somebody waits for first.
        for (ProductName name : some) {
            failed.carry(() -> product(name, ledger.product(name)));
        }
        if (isAll) {
            if (isComplete) {
                domains();
            }
            sweep(some, failed);
        }
        failed.raise();
        if (isAll) {
            isComplete = true;
            domains();
            publish("/", List.of(new PolicyManifest(own, policyRevision.get())), Readers.ALL);
            sweptNanos = System.nanoTime();
            firstSweep.countDown();
        }
    }

    /// What fails of one product does not keep the others.
    private static final class Faults {
        private @Nullable RuntimeException first;

        void carry(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }

        void raise() {
            if (first != null) {
                throw first;
            }
        }
    }

    private void sweep(Set<ProductName> done, Faults failed) {
        Map<ProductName, ProductSpec> all = new TreeMap<>();
        ledger.products().forEach(product -> all.put(product.name(), product));
        Set<ProductName> known = new HashSet<>(readers.keySet());
        known.addAll(all.keySet());
        written.groups().stream()
                .filter(group -> group.contains("."))
                .forEach(group -> known.add(ProductName.parse(group)));
        for (ProductName name : known) {
            if (!done.contains(name)) {
                failed.carry(() -> product(name, Optional.ofNullable(all.get(name))));
            }
        }
    }

    private void product(ProductName name, Optional<ProductSpec> product) {
        boolean isElsewhere =
                ledger.domain(name.domain())
                        .filter(domain -> documents.peers().contains(domain.homeRegion()))
                        .isPresent();
        if (product.isEmpty() || isElsewhere) {
            readers.remove(name);
            publish(name.toString(), List.of(), Readers.NOBODY);
            return;
        }
        Map<RegionName, Export> exports = new TreeMap<>();
        documents.peers().forEach(peer -> exports.put(peer, products.export(product.get(), peer)));
        boolean isNamed = product.get().table().customProperties().containsKey("sheaf.export");
        List<Manifest> manifests = products.manifests(product.get());
        readers.put(name, Readers.of(exports, isNamed));
        publish(name.toString(), manifests, readers.getOrDefault(name, Readers.NOBODY));
    }

    /// A domain is known where one of its products is; one without products everywhere.
    private void domains() {
        Map<DomainName, DomainManifest> before = Map.copyOf(domains);
        domains.clear();
        for (Domain domain : ledger.domains()) {
            if (documents.peers().contains(domain.homeRegion())) {
                continue; // declared before that region was in the mesh; it speaks for itself
            }
            Instant since =
                    Optional.ofNullable(before.get(domain.name()))
                            .map(DomainManifest::since)
                            .or(() -> written(domain.name()))
                            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
            domains.put(
                    domain.name(),
                    new DomainManifest(domain.name(), domain.owner(), domain.description(), since));
        }
        Map<DocumentPlace, JsonNode> wanted = new HashMap<>();
        Set<DomainName> used = new HashSet<>();
        ledger.products().forEach(product -> used.add(product.name().domain()));
        for (DomainManifest domain : domains.values()) {
            List<Readers> of =
                    readers.entrySet().stream()
                            .filter(each -> each.getKey().domain().equals(domain.name()))
                            .map(Map.Entry::getValue)
                            .toList();
            Readers known = used.contains(domain.name()) ? Readers.ofAny(of) : Readers.ALL;
            wanted.putAll(known.documents(List.of(domain), documents));
        }
        show("", List.copyOf(domains.values()));
        written.make("", wanted);
    }

    /// When the domain was first declared, as the document of an earlier run says.
    private Optional<Instant> written(DomainName domain) {
        return documents.types().stream()
                .map(type -> documents.local().read(type, id(domain).toString()))
                .flatMap(Optional::stream)
                .map(document -> document.path("manifest").path("since").asString(""))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse)
                .min(Comparator.naturalOrder());
    }

    private ManifestId id(DomainName domain) {
        return new ManifestId(ManifestKind.DOMAIN, domain.value(), own);
    }

    private void publish(String group, List<Manifest> manifests, Readers known) {
        show(group, manifests);
        written.make(group, known.documents(manifests, documents));
    }

    private void show(String group, List<Manifest> manifests) {
        Set<ManifestId> now = new HashSet<>();
        for (Manifest manifest : manifests) {
            ManifestId id = new ManifestId(manifest.kind(), manifest.subject(), own);
            now.add(id);
            catalog.put(LOCAL, id, 0, manifest);
        }
        shown.getOrDefault(group, Set.of()).stream()
                .filter(id -> !now.contains(id))
                .forEach(id -> catalog.remove(LOCAL, id));
        shown.put(group, now);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
