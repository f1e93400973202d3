package dev.sheaf.node.lineage;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.lineage.HeardLineage.Place;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.ManifestKind;
import dev.sheaf.registry.PairType;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Tells other regions what is known of lineage here, and hears what they know: one document for
/// each job, model and consumer, written when it changes. A region is told by name only of products
/// whose manifests it has been given; the rest stands there under pseudonyms, so that what leads
/// over it is known. Events stay where they came. A thread of its own writes.
public final class SharedLineage implements ContextNode.MemberListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedLineage.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final MeshLineage lineage;
    private final Catalog catalog;
    private final Set<RegionName> peers = new ConcurrentSkipListSet<>();
    private final ContextRuntime runtime;
    private final ToldLineage told;
    private final Pseudonyms pseudonyms;
    private final Map<String, DocumentFollower> followers = new ConcurrentHashMap<>();
    private final HeardLineage heard;
    private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    /// Only the thread's: which regions have been given a product's manifest, by when it was
    /// looked.
    private Map<ProductName, Set<RegionName>> readers = new HashMap<>();

    private final Set<Place> altered = new HashSet<>();

    /// Only the thread's: with what the ids of an owner's documents begin, also under pseudonyms.
    private final Map<OwnerKey, Set<String>> prefixes = new HashMap<>();

    private long sweptNanos = System.nanoTime();
    private final Set<ProductName> knownAnew = new HashSet<>();

    private sealed interface Work {
        record Changed(OwnerKey key) implements Work {}

        record Altered(Place place) implements Work {}

        /// Products are known otherwise than before.
        record Known(Set<ProductName> products) implements Work {}

        /// The mesh has other members than before.
        record Members() implements Work {}
    }

    private SharedLineage(
            MeshLineage lineage,
            Catalog catalog,
            ContextRuntime runtime,
            NodeSignatures signatures,
            Pseudonyms pseudonyms) {
        this.lineage = lineage;
        this.catalog = catalog;
        this.runtime = runtime;
        this.told = new ToldLineage(runtime, signatures, lineage.region());
        this.pseudonyms = pseudonyms;
        this.heard =
                new HeardLineage(
                        lineage, signatures, catalog, place -> queue.add(new Work.Altered(place)));
        this.thread = Thread.ofVirtual().name("lineage-shared").unstarted(this::run);
    }

    /// All that other regions have told so far counts when this returns.
    ///
    /// @param key of pseudonyms, this region's
    public static SharedLineage open(
            MeshLineage lineage,
            Catalog catalog,
            Set<RegionName> peers,
            ContextRuntime runtime,
            NodeSignatures signatures,
            byte[] key) {
        runtime.applyTypeOfTheMesh(LineageTypes.declaration(), LineageTypes.ALL);
        SharedLineage shared =
                new SharedLineage(
                        lineage,
                        catalog,
                        runtime,
                        signatures,
                        new Pseudonyms(lineage.names(), lineage.graph(), catalog, key));
        try {
            shared.follow(LineageTypes.ALL, Set.of());
            peers.forEach(shared::add);
            shared.start();
        } catch (RuntimeException e) {
            shared.close();
            throw e;
        }
        return shared;
    }

    private void follow(String type, Set<RegionName> writers) {
        if (!followers.containsKey(type)) {
            followers.put(
                    type, DocumentFollower.open(told.local(), type, heard.reader(type, writers)));
        }
    }

    private boolean add(RegionName peer) {
        String type = LineageTypes.pair(lineage.region(), peer);
        runtime.applyTypeOfTheMesh(LineageTypes.declaration(lineage.region(), peer), type);
        follow(type, Set.of(peer));
        return peers.add(peer);
    }

    /// The region has joined the mesh: it is told, and heard.
    @Override
    public synchronized void welcomed(RegionName region, String url) {
        heard.welcome(region);
        if (add(region)) {
            followers.values().forEach(DocumentFollower::reload);
            queue.add(new Work.Members());
        }
    }

    /// What the region has told counts no more.
    @Override
    public synchronized void dismissed(RegionName region) {
        peers.remove(region);
        heard.forget(region);
    }

    private void start() {
        catalog.whenChanged(products -> queue.add(new Work.Known(products)));
        lineage.whenChanged(changed -> changed.forEach(key -> queue.add(new Work.Changed(key))));
        thread.start();
    }

    /// @throws Problem UNAVAILABLE while others are not heard, or do not hear
    public void requireWorking() {
        followers.values().forEach(DocumentFollower::requireFollowing);
        RuntimeException broken = failure;
        if (broken != null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "other regions do not hear of lineage from "
                            + lineage.region()
                            + "; it is tried again: "
                            + broken.getMessage(),
                    broken);
        }
    }

    private void run() {
        try {
            boolean isLoaded = false;
            while (!Thread.currentThread().isInterrupted()) {
                Set<OwnerKey> changed = await();
                try {
                    if (!isLoaded) {
                        told.load(types());
                    }
                    see(changed, !isLoaded);
                    isLoaded = true;
                    failure = null;
                } catch (RuntimeException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    if (failure == null) {
                        LOG.error("lineage could not be told; it is tried again", e);
                    }
                    failure = e;
                    changed.forEach(key -> queue.add(new Work.Changed(key)));
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("lineage is told no more", e);
        }
    }

    private List<String> types() {
        List<String> types = new ArrayList<>(List.of(LineageTypes.ALL));
        peers.forEach(peer -> types.add(LineageTypes.pair(lineage.region(), peer)));
        return types;
    }

    private Set<OwnerKey> await() throws InterruptedException {
        Set<OwnerKey> changed = new HashSet<>();
        Work next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        while (next != null) {
            switch (next) {
                case Work.Changed(OwnerKey key) -> changed.add(key);
                case Work.Altered(Place place) -> altered.add(place);
                case Work.Known(Set<ProductName> products) -> knownAnew.addAll(products);
                case Work.Members() -> sweptNanos = System.nanoTime() - 2 * SWEEP.toNanos();
            }
            next = queue.poll();
        }
        return changed;
    }

    private void see(Set<OwnerKey> changed, boolean isFirst) {
        heard.recognize(knownAnew);
        knownAnew.clear();
        altered.forEach(told::altered);
        boolean isSweep =
                isFirst || !altered.isEmpty() || System.nanoTime() - sweptNanos > SWEEP.toNanos();
        Map<ProductName, Set<RegionName>> before = readers;
        readers = new HashMap<>();
        Set<ProductName> moved = new HashSet<>();
        for (ProductName product : before.keySet()) {
            if (!readersOf(product).equals(before.get(product))) {
                moved.add(product);
            }
        }
        Set<OwnerKey> due = new HashSet<>(changed);
        if (isSweep || !moved.isEmpty()) {
            owners().stream().filter(key -> isSweep || isOf(key, moved)).forEach(due::add);
        }
        due.forEach(this::tell);
        if (isSweep) {
            Set<String> there = new HashSet<>();
            owners().forEach(key -> there.add(LineageDocument.prefix(key)));
            told.prefixes().stream()
                    .filter(prefix -> !there.contains(prefix) && !isPseudonym(prefix))
                    .forEach(prefix -> told.make(prefix, Map.of()));
            altered.clear();
            sweptNanos = System.nanoTime();
        }
    }

    private boolean isPseudonym(String prefix) {
        return prefixes.values().stream().anyMatch(each -> each.contains(prefix));
    }

    /// Those of this region; products' own lineage others have from the catalog.
    private List<OwnerKey> owners() {
        List<OwnerKey> all = new ArrayList<>();
        for (OwnerKey.Kind kind : OwnerKey.Kind.values()) {
            lineage.graph().owners(kind).stream()
                    .filter(key -> key.region().equals(lineage.region().toString()))
                    .filter(key -> !key.name().namespace().equals(lineage.names().pipelines()))
                    .forEach(all::add);
        }
        return all;
    }

    private boolean isOf(OwnerKey key, Set<ProductName> products) {
        Set<EntityName> all = new HashSet<>(lineage.graph().inputsOf(key));
        all.addAll(lineage.graph().outputsOf(key));
        return all.stream()
                .map(dataset -> lineage.graph().names(dataset).getFirst())
                .map(lineage.names()::product)
                .flatMap(Optional::stream)
                .anyMatch(products::contains);
    }

    private void tell(OwnerKey key) {
        Edges edges = lineage.graph().edges(key);
        Map<Place, ObjectNode> wanted = new HashMap<>();
        if (!edges.isEmpty() && !peers.isEmpty()) {
            boolean isForAll =
                    key.kind() != OwnerKey.Kind.CONSUMER && isSame(key, edges, sight(Set.of()));
            if (isForAll) {
                documents(LineageTypes.ALL, key, edges, facts(key), wanted);
            } else {
                peers.forEach(peer -> {
                    Sight sight = sight(Set.of(peer));
                    OwnerKey shown = pseudonyms.owner(key, sight);
                    Optional<ObjectNode> facts = shown.equals(key) ? facts(key) : Optional.empty();
                    documents(
                            LineageTypes.pair(lineage.region(), peer),
                            shown,
                            pseudonyms.edges(edges, sight, key),
                            facts,
                            wanted);
                });
            }
        }
        Map<String, Map<Place, ObjectNode>> byPrefix = new HashMap<>();
        prefixes.getOrDefault(key, Set.of(LineageDocument.prefix(key)))
                .forEach(prefix -> byPrefix.put(prefix, new HashMap<>()));
        wanted.forEach((place, body) ->
                byPrefix.computeIfAbsent(
                                place.id().substring(0, place.id().lastIndexOf('/') + 1),
                                any -> new HashMap<>())
                        .put(place, body));
        byPrefix.forEach(told::make);
        prefixes.put(key, Set.copyOf(byPrefix.keySet()));
    }

    /// Whether whoever sees so much sees it as it is.
    private boolean isSame(OwnerKey key, Edges edges, Sight sight) {
        return pseudonyms.owner(key, sight).equals(key)
                && pseudonyms.edges(edges, sight, key).equals(edges);
    }

    private static void documents(
            String type,
            OwnerKey key,
            Edges edges,
            Optional<ObjectNode> facts,
            Map<Place, ObjectNode> wanted) {
        for (LineageDocument each : LineageDocument.of(key, edges, facts)) {
            wanted.put(new Place(type, each.id()), each.body());
        }
    }

    private Optional<ObjectNode> facts(OwnerKey key) {
        return lineage.models().find(key).map(Model::facts);
    }

    /// What a region may know; of none, what all may.
    private Sight sight(Set<RegionName> region) {
        return new Sight(
                lineage.names(),
                lineage.graph(),
                Principal.NOBODY,
                product -> {
                    Set<RegionName> known = readersOf(product);
                    boolean isTold = !region.isEmpty() && known.containsAll(region);
                    return isTold || known.contains(lineage.region());
                });
    }

    /// The regions that have been given a product's manifest by its home, or are its home; this one
    /// stands for all there are.
    private Set<RegionName> readersOf(ProductName name) {
        return readers.computeIfAbsent(name, this::look);
    }

    private Set<RegionName> look(ProductName name) {
        Optional<CatalogProduct> product = catalog.product(name);
        if (product.isEmpty()) {
            return Set.of();
        }
        RegionName home = product.get().home();
        String id = new ManifestId(ManifestKind.PRODUCT, name.toString(), home).toString();
        Set<RegionName> regions = new HashSet<>();
        if (told.local().read(ManifestKind.PRODUCT.type(), id).isPresent()) {
            regions.add(lineage.region());
        }
        if (!home.equals(lineage.region())) {
            regions.add(home);
            return regions;
        }
        for (RegionName peer : peers) {
            if (told.local().read(PairType.name(home, peer), id).isPresent()) {
                regions.add(peer);
            }
        }
        return regions;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        followers.values().forEach(DocumentFollower::close);
    }
}
