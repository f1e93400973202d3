package dev.sheaf.registry;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.PolicyManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What this region knows of the products of all regions, in memory; empty until it is filled.
/// Readers wait for nobody. For any thread.
///
/// Only verified manifests are put here. A product is shown when the domain it is of is known, and
/// its home is the domain's. Of several regions that claim one domain the one that declared it
/// first has it; of two that say the same instant, the one with the lesser name.
public final class Catalog {
    /// A manifest as one document has it. The same manifest may stand in two documents while its
    /// readers change; the higher revision counts.
    private record Held(long revision, Manifest manifest) {}

    private static final Comparator<Map.Entry<RegionName, DomainManifest>> FIRST =
            Comparator.comparing((Map.Entry<RegionName, DomainManifest> claim) ->
                            claim.getValue().since())
                    .thenComparing(Map.Entry::getKey);

    private final Map<ManifestId, Map<String, Held>> held = new HashMap<>();
    private final Map<DomainName, Map<RegionName, DomainManifest>> domains =
            new ConcurrentSkipListMap<>(Comparator.comparing(DomainName::value));
    private final Map<ProductName, Map<RegionName, ProductParts>> products =
            new ConcurrentSkipListMap<>();
    private final Map<RegionName, String> policies = new ConcurrentHashMap<>();
    private final List<Consumer<Set<ProductName>>> listeners = new CopyOnWriteArrayList<>();

    private final List<Runnable> homeListeners = new CopyOnWriteArrayList<>();

    /// Takes a verified manifest.
    ///
    /// @param type of the document that has it; a manifest of a higher revision in another document
    ///   stays in force
    public void put(String type, ManifestId id, long revision, Manifest manifest) {
        tell(changed(type, id, Optional.of(new Held(revision, manifest))));
    }

    /// The document is gone.
    public void remove(String type, ManifestId id) {
        tell(changed(type, id, Optional.empty()));
    }

    private synchronized Set<ProductName> changed(
            String type, ManifestId id, Optional<Held> document) {
        Map<String, Held> documents = held.computeIfAbsent(id, any -> new HashMap<>());
        Optional<Manifest> before = inForce(documents);
        document.ifPresentOrElse(each -> documents.put(type, each), () -> documents.remove(type));
        Optional<Manifest> after = inForce(documents);
        if (documents.isEmpty()) {
            held.remove(id);
        }
        if (before.equals(after)) {
            return Set.of();
        }
        Set<ProductName> changed = show(id, before, after);
        if (id.kind() == ManifestKind.DOMAIN) {
            homeListeners.forEach(Runnable::run);
        }
        return changed;
    }

    private static Optional<Manifest> inForce(Map<String, Held> documents) {
        return documents.values().stream()
                .max(Comparator.comparingLong(Held::revision))
                .map(Held::manifest);
    }

    /// @return products that may look otherwise now
    private Set<ProductName> show(
            ManifestId id, Optional<Manifest> before, Optional<Manifest> after) {
        Manifest about = after.or(() -> before).orElseThrow();
        RegionName home = id.home();
        return switch (about) {
            case DomainManifest domain -> {
                replace(
                        domains.computeIfAbsent(domain.name(), any -> new ConcurrentHashMap<>()),
                        home,
                        after.map(each -> (DomainManifest) each));
                Set<ProductName> names = new HashSet<>(products.keySet());
                names.removeIf(name -> !name.domain().equals(domain.name()));
                yield names;
            }
            case PolicyManifest policy -> {
                replace(policies, home, after.map(each -> policy.revision()));
                yield Set.of();
            }
            case ProductManifest product ->
                    part(
                            product.name(),
                            home,
                            parts -> parts.with(after.map(each -> (ProductManifest) each)));
            case ContractManifest contract ->
                    part(
                            contract.product(),
                            home,
                            parts -> parts.with(contract, after.isPresent()));
            case ReleaseManifest release ->
                    part(release.product(), home, parts -> parts.with(release, after.isPresent()));
            case LineageManifest lineage ->
                    part(
                            lineage.product(),
                            home,
                            parts -> parts.withLineage(after.map(each -> (LineageManifest) each)));
        };
    }

    private static <V> void replace(
            Map<RegionName, V> map, RegionName home, Optional<? extends V> value) {
        value.ifPresentOrElse(each -> map.put(home, each), () -> map.remove(home));
    }

    private Set<ProductName> part(
            ProductName name,
            RegionName home,
            java.util.function.UnaryOperator<ProductParts> change) {
        Map<RegionName, ProductParts> homes =
                products.computeIfAbsent(name, any -> new ConcurrentHashMap<>());
        ProductParts after = change.apply(homes.getOrDefault(home, ProductParts.NONE));
        if (after.isEmpty()) {
            homes.remove(home);
            if (homes.isEmpty()) {
                products.remove(name);
            }
        } else {
            homes.put(home, after);
        }
        return Set.of(name);
    }

    private void tell(Set<ProductName> changed) {
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.accept(changed));
        }
    }

    /// Is told the names of products that are there, gone or otherwise than before. On the thread
    /// that changes the catalog, which it must not hold up; it reads what it wants to know.
    public void whenChanged(Consumer<Set<ProductName>> listener) {
        listeners.add(listener);
    }

    /// Is told when a region may have got a domain, or lost one. On the thread that changes the
    /// catalog, which it must not hold up.
    public void whenHomesChange(Runnable listener) {
        homeListeners.add(listener);
    }

    /// @return empty for what is not known, and for what another region says than the one that has
    ///   the domain
    public Optional<CatalogProduct> product(ProductName name) {
        Map<RegionName, ProductParts> homes = products.get(name);
        return homes == null
                ? Optional.empty()
                : domain(name.domain())
                        .flatMap(domain ->
                                Optional.ofNullable(homes.get(domain.home()))
                                        .flatMap(parts ->
                                                parts.shown(domain.home(), domain.domain())));
    }

    /// In name order.
    public List<CatalogProduct> products() {
        List<CatalogProduct> shown = new ArrayList<>();
        products.keySet().forEach(name -> product(name).ifPresent(shown::add));
        return shown;
    }

    /// In name order.
    public List<CatalogDomain> domains() {
        List<CatalogDomain> known = new ArrayList<>();
        domains.keySet().forEach(name -> domain(name).ifPresent(known::add));
        return known;
    }

    public Optional<CatalogDomain> domain(DomainName name) {
        Map<RegionName, DomainManifest> claims = domains.getOrDefault(name, Map.of());
        return claims.entrySet().stream()
                .min(FIRST)
                .map(first ->
                        new CatalogDomain(
                                first.getKey(),
                                first.getValue(),
                                claims.keySet().stream()
                                        .filter(region -> !region.equals(first.getKey()))
                                        .sorted()
                                        .toList()));
    }

    /// Domains that several regions claim, in name order.
    public List<CatalogDomain> conflicts() {
        return domains().stream().filter(domain -> !domain.others().isEmpty()).toList();
    }

    /// The revision of the policies in force in a region; empty when it is not known.
    public Optional<String> policyRevision(RegionName region) {
        return Optional.ofNullable(policies.get(region));
    }
}
