package dev.sheaf.node.schemas;

import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.CatalogProduct;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whose a subject is: a product's, or a domain's; where it is at home; and who may do what with
/// it, which the policies in force decide. For any thread.
final class Subjects {
    private static final String VALUE = "-value";
    private static final String PUBLIC = "public";
    private static final long SEEN_NANOS_MAX = 1_000_000_000;
    private static final int SEEN_MAX = 50_000;

    private record Sight(Principal caller, String subject) {}

    private record Seen(boolean isAllowed, long atNanos) {}

    private final Map<Sight, Seen> seen = new ConcurrentHashMap<>();

    private final Ledger ledger;
    private final AtomicBoolean isOld = new AtomicBoolean(true);
    private volatile Map<String, ProductSpec> own = Map.of();
    private final MeshRegistry registry;
    private final Governance governance;
    private final SchemaCatalog catalog;

    Subjects(Ledger ledger, MeshRegistry registry, Governance governance, SchemaCatalog catalog) {
        this.ledger = ledger;
        this.registry = registry;
        this.governance = governance;
        this.catalog = catalog;
    }

    /// To be called when something was declared, or policies have changed: products are read again
    /// when they are needed next.
    void declared() {
        isOld.set(true);
        seen.clear();
    }

    /// This region's products, by their subjects.
    Map<String, ProductSpec> own() {
        if (isOld.getAndSet(false)) {
            try {
                Map<String, ProductSpec> read = new HashMap<>();
                for (ProductSpec spec : ledger.products()) {
                    read.putIfAbsent(
                            ContractSettings.of(spec.table(), spec.name()).subject(), spec);
                }
                own = Map.copyOf(read);
            } catch (RuntimeException e) {
                isOld.set(true);
                throw e;
            }
        }
        return own;
    }

    private Optional<ProductSpec> spec(String subject) {
        return Optional.ofNullable(own().get(subject));
    }

    /// The product whose schema a subject carries: as its home says, else as the name says, which
    /// is `domain.product-value` then.
    Optional<ProductName> product(String subject) {
        Optional<ProductSpec> spec = spec(subject);
        if (spec.isPresent()) {
            return spec.map(ProductSpec::name);
        }
        Optional<ProductName> said =
                catalog.claimant(subject)
                        .filter(home -> !home.equals(registry.own()))
                        .flatMap(home -> catalog.subject(home, subject))
                        .flatMap(SchemaEntry.Subject::product)
                        .map(ProductName::parse);
        return said.or(() -> named(subject));
    }

    private Optional<ProductName> named(String subject) {
        if (!subject.endsWith(VALUE)) {
            return Optional.empty();
        }
        try {
            ProductName name =
                    ProductName.parse(subject.substring(0, subject.length() - VALUE.length()));
            return registry.remote(name).map(CatalogProduct::name);
        } catch (Problem other) {
            return Optional.empty(); // a name that no product can have
        }
    }

    /// The region that decides about a subject; empty when nobody has it yet.
    Optional<RegionName> home(String subject) {
        Optional<ProductName> product = product(subject);
        return product.isPresent()
                ? Optional.of(
                        registry.decidesElsewhere(product.get().domain(), Optional.empty())
                                .orElse(registry.own()))
                : catalog.claimant(subject);
    }

    /// The region that has said something of a subject first.
    Optional<RegionName> claimant(String subject) {
        return catalog.claimant(subject);
    }

    /// Whether the caller may see the subject's schemas. An answer counts for a second at most, and
    /// until policies or declarations change.
    boolean mayRead(Principal caller, String subject) {
        Sight sight = new Sight(caller, subject);
        Seen known = seen.get(sight);
        long now = System.nanoTime();
        if (known != null && now - known.atNanos() < SEEN_NANOS_MAX) {
            return known.isAllowed();
        }
        if (seen.size() >= SEEN_MAX) {
            seen.clear();
        }
        boolean isAllowed = decideRead(caller, subject);
        seen.put(sight, new Seen(isAllowed, now));
        return isAllowed;
    }

    private boolean decideRead(Principal caller, String subject) {
        Optional<ProductSpec> spec = spec(subject);
        if (spec.isPresent()) {
            return governance.decide(caller, Action.PRODUCT_DESCRIBE, spec.get(), "")
                    instanceof Decision.Allow;
        }
        Optional<ProductName> product = product(subject);
        return product.isPresent()
                ? describes(caller, product.get())
                : decide(caller, Action.CONTEXT_READ, subject) instanceof Decision.Allow;
    }

    private boolean describes(Principal caller, ProductName name) {
        return registry.remote(name)
                .map(known ->
                        governance.decide(caller, Action.PRODUCT_DESCRIBE, known, "")
                                instanceof Decision.Allow)
                .orElse(false);
    }

    /// To be asked at the subject's home.
    ///
    /// @throws Problem NOT_FOUND when the caller may not even see it, FORBIDDEN with the reasons
    void requireWrite(Principal caller, String subject) {
        Decision decision =
                spec(subject)
                        .map(spec -> governance.decide(caller, Action.PRODUCT_APPLY, spec, ""))
                        .orElseGet(() -> decide(caller, Action.CONTEXT_WRITE, subject));
        switch (decision) {
            case Decision.Allow _ -> {}
            case Decision.Deny(List<String> reasons, String _) -> {
                if (!mayRead(caller, subject)) {
                    throw SchemaFaults.noSubject(subject);
                }
                throw SchemaFaults.of(
                        ProblemCode.FORBIDDEN,
                        40301,
                        "the policies in force do not let "
                                + caller.subject()
                                + " change the subject '"
                                + subject
                                + "': "
                                + String.join("; ", reasons));
            }
        }
    }

    /// For the settings of the whole region.
    ///
    /// @throws Problem FORBIDDEN
    void requireWriteAll(Principal caller) {
        if (!caller.domains().contains(Principal.ALL_DOMAINS)) {
            throw SchemaFaults.of(
                    ProblemCode.FORBIDDEN,
                    40301,
                    "settings of all subjects of a region are for tokens of all domains ('*')");
        }
    }

    private Decision decide(Principal caller, Action action, String subject) {
        boolean isLeft = isLeft(subject);
        Resource resource =
                new Resource(
                        "schema",
                        "schema/" + subject,
                        domain(caller, subject),
                        subject,
                        home(subject).orElse(registry.own()).toString(),
                        isLeft ? "" : PUBLIC,
                        !isLeft,
                        List.of(),
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty());
        return governance.decide(caller, action, resource);
    }

    /// The domain that a subject of no product belongs to: whose name it begins with, else that of
    /// whoever registers it first.
    String domain(Principal caller, String subject) {
        Optional<SchemaEntry.Subject> known =
                catalog.claimant(subject).flatMap(home -> catalog.subject(home, subject));
        if (known.isPresent()) {
            return known.get().domain();
        }
        int dot = subject.indexOf('.');
        String prefix = dot < 0 ? "" : subject.substring(0, dot);
        if (isDomain(prefix)) {
            return prefix;
        }
        return new TreeSet<>(caller.domains())
                .stream()
                        .filter(name -> !name.equals(Principal.ALL_DOMAINS))
                        .findFirst()
                        .orElse("");
    }

    private boolean isDomain(String text) {
        try {
            DomainName name = new DomainName(text);
            return ledger.domain(name).isPresent() || registry.catalog().domain(name).isPresent();
        } catch (Problem other) {
            return false; // a name that no domain can have
        }
    }

    /// The context types in which other regions may read what is said of a subject of this region;
    /// a product's goes only where the product may be known.
    Set<String> places(String subject) {
        Optional<ProductSpec> spec = subject.isEmpty() ? Optional.empty() : spec(subject);
        if (spec.isEmpty()) {
            return isLeft(subject) ? Set.of() : Set.of(SchemaType.MESH);
        }
        TableContract table = spec.get().table();
        boolean isForAll = !table.customProperties().containsKey("sheaf.export");
        Set<String> types = new TreeSet<>();
        for (RegionName peer : registry.peers()) {
            boolean mayKnow = isAllowed(Action.PRODUCT_EXPORT, spec.get(), peer);
            isForAll &= mayKnow && isAllowed(Action.PRODUCT_TRANSFER, spec.get(), peer);
            if (mayKnow) {
                types.add(SchemaType.pair(registry.own(), peer));
            }
        }
        return isForAll ? Set.of(SchemaType.MESH) : types;
    }

    /// Whether it is the schema of a product that is no more: it stays where only its domain reads
    /// it.
    private boolean isLeft(String subject) {
        return spec(subject).isEmpty()
                && catalog.subject(registry.own(), subject)
                        .flatMap(SchemaEntry.Subject::product)
                        .isPresent();
    }

    private boolean isAllowed(Action action, ProductSpec spec, RegionName peer) {
        return governance.decide(action, spec, peer) instanceof Decision.Allow;
    }
}
