package dev.sheaf.node.registry;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake;
import dev.sheaf.node.config.LinksConfig;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.governance.ProductResources;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ledger.SpecReader;
import dev.sheaf.product.release.Releases;
import dev.sheaf.product.transform.Lineages;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogDomain;
import dev.sheaf.registry.CatalogFault;
import dev.sheaf.registry.CatalogProduct;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The catalog of all regions at this node: what is at home here is written for others, what others
/// write is verified and known here, whether they can be reached or not. For any thread.
public final class MeshRegistry implements ContextNode.MemberListener, AutoCloseable {
    private final RegionName own;
    private final Ledger ledger;
    private final Map<RegionName, String> addresses;
    private final Catalog catalog;
    private final HomeRegistry home;
    private final FaultBook faults;
    private final MeshDocuments documents;
    private final KnowledgeAges ages;
    private final Proposals proposals;
    private final Map<String, DocumentFollower> followers = new ConcurrentHashMap<>();
    private final List<ManifestReader> readers = new CopyOnWriteArrayList<>();

    /// This region and the others.
    ///
    /// @param peers the other regions of the mesh
    /// @param addresses where they answer callers, as far as it is known
    public record Mesh(RegionName own, Set<RegionName> peers, Map<RegionName, String> addresses) {
        public Mesh {
            peers = Set.copyOf(peers);
            addresses = Map.copyOf(addresses);
        }

        /// The regions with which there are links.
        public static Mesh of(RegionName own, LinksConfig links) {
            Map<RegionName, String> addresses = new HashMap<>();
            Set<RegionName> peers = new HashSet<>();
            for (LinksConfig.Peer peer : links.peers()) {
                peers.add(peer.region());
                peer.url().ifPresent(url -> addresses.put(peer.region(), url));
            }
            return new Mesh(own, peers, addresses);
        }
    }

    /// Where that comes from which is at home here.
    ///
    /// @param policyRevision of the policies in force; empty when there are none
    public record Home(
            AnnouncingLedger ledger,
            Releases releases,
            Lake lake,
            SpecReader specs,
            ProductResources resources,
            Lineages lineages,
            Governance governance,
            ProductKeys keys,
            Supplier<String> policyRevision) {}

    private MeshRegistry(
            Mesh mesh, Home local, MeshDocuments documents, KnowledgeAges ages, Clock clock) {
        this.own = mesh.own();
        this.ledger = local.ledger();
        this.addresses = new ConcurrentHashMap<>(mesh.addresses());
        this.documents = documents;
        this.ages = ages;
        this.catalog = new Catalog();
        this.faults = new FaultBook(clock);
        this.proposals = new Proposals(documents, faults);
        this.home =
                new HomeRegistry(
                        local.ledger(),
                        new HomeProducts(
                                local.ledger(),
                                local.releases(),
                                local.lake(),
                                local.specs(),
                                local.resources(),
                                local.lineages(),
                                local.governance(),
                                local.keys()),
                        catalog,
                        local.policyRevision(),
                        documents,
                        clock);
    }

    /// The catalog has all that is here of other regions when this returns.
    ///
    /// @param signatures this node's, by which others know its manifests
    /// @param agesFile where it is kept how old knowledge was
    public static MeshRegistry open(
            Mesh mesh,
            Home local,
            ContextRuntime runtime,
            NodeSignatures signatures,
            Path agesFile,
            Clock clock) {
        MeshDocuments documents = MeshDocuments.open(runtime, signatures, mesh.own(), mesh.peers());
        KnowledgeAges ages = new KnowledgeAges(runtime, agesFile, clock, System::nanoTime);
        MeshRegistry registry = new MeshRegistry(mesh, local, documents, ages, clock);
        try {
            documents.types().forEach(registry::followManifests);
            documents.peers().forEach(registry::followProposals);
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
        local.ledger().whenChanged(registry.home::changed);
        registry.home.start();
        return registry;
    }

    private void followManifests(String type) {
        if (!followers.containsKey(type)) {
            ManifestReader reader =
                    new ManifestReader(type, documents, catalog, faults, home::changedByOthers);
            followers.put(type, DocumentFollower.open(documents.local(), type, reader));
            readers.add(reader);
        }
    }

    private void followProposals(RegionName peer) {
        String type = documents.proposals(peer);
        if (!followers.containsKey(type)) {
            followers.put(
                    type, DocumentFollower.open(documents.local(), type, proposals.reader(type)));
        }
    }

    /// The region has joined, or says where it is found: it is told what it may know.
    @Override
    public synchronized void welcomed(RegionName region, String url) {
        if (!url.isEmpty()) {
            addresses.put(region, url);
        }
        if (documents.welcome(region)) {
            followers.values().forEach(DocumentFollower::reload);
            followManifests(documents.pair(region));
            followProposals(region);
            home.policiesChanged();
        }
    }

    /// The region has left or was evicted: its products are known no more, and its domains may be
    /// declared elsewhere.
    @Override
    public synchronized void dismissed(RegionName region) {
        if (documents.dismiss(region)) {
            addresses.remove(region);
            readers.forEach(reader -> reader.forget(region));
            home.policiesChanged();
        }
    }

    /// Waits until the catalog has what is at home here, as far as it can be had.
    public void awaitHome() {
        home.awaitFirstSweep();
    }

    /// What regions would like each other to apply.
    public Proposals proposals() {
        return proposals;
    }

    /// To be called when the policies have changed: who may know of what is asked anew.
    public void policiesChanged() {
        home.policiesChanged();
    }

    /// All that is known, of this region too.
    public Catalog catalog() {
        return catalog;
    }

    /// A product that is at home in another region.
    public Optional<CatalogProduct> remote(ProductName name) {
        return catalog.product(name).filter(product -> !product.home().equals(own));
    }

    /// Those of other regions, in name order.
    public List<CatalogProduct> remote() {
        return catalog.products().stream().filter(product -> !product.home().equals(own)).toList();
    }

    /// Domains of other regions, in name order.
    public List<CatalogDomain> remoteDomains() {
        return catalog.domains().stream().filter(domain -> !domain.home().equals(own)).toList();
    }

    /// The other region that has a domain; empty when this one has it or nobody is known to.
    public Optional<RegionName> remoteHome(DomainName domain) {
        return catalog.domain(domain)
                .map(CatalogDomain::home)
                .filter(region -> !region.equals(own));
    }

    /// The other region of this mesh that decides about a domain; empty when this one does: the
    /// domain is at home here, or in a region that is not in the mesh.
    ///
    /// @param declared the home that a manifest says, else what was declared here before
    public Optional<RegionName> decidesElsewhere(DomainName domain, Optional<RegionName> declared) {
        return declared.or(() -> ledger.domain(domain).map(Domain::homeRegion))
                .filter(documents.peers()::contains)
                .or(() -> remoteHome(domain));
    }

    boolean isDeclaredHere(DomainName domain) {
        return ledger.domain(domain).isPresent();
    }

    /// Is told when another region may have got a domain, or lost one. Must return at once.
    public void whenHomesChange(Runnable listener) {
        catalog.whenHomesChange(listener);
    }

    /// How old what is known of a region can be at most; empty when it was never heard of.
    public Optional<Duration> age(RegionName region) {
        return region.equals(own) ? Optional.of(Duration.ZERO) : ages.of(region);
    }

    public RegionName own() {
        return own;
    }

    /// Other regions of the mesh.
    public Set<RegionName> peers() {
        return documents.peers();
    }

    /// Where a region answers callers.
    public Optional<String> address(RegionName region) {
        return Optional.ofNullable(addresses.get(region));
    }

    /// Documents that do not count here, by type and id.
    public List<CatalogFault> faults() {
        return faults.all();
    }

    /// How many such were found since the start.
    public long faultsFound() {
        return faults.found();
    }

    /// @throws Problem UNAVAILABLE while changes of others are not followed, or those of this
    ///   region cannot be written
    public void requireWorking() {
        followers.values().forEach(DocumentFollower::requireFollowing);
        home.requireWriting();
    }

    @Override
    public void close() {
        home.close();
        followers.values().forEach(DocumentFollower::close);
        ages.close();
    }
}
