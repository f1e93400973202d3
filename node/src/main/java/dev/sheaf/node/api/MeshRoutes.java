package dev.sheaf.node.api;

import dev.sheaf.client.ApplyResult;
import dev.sheaf.client.DomainInfo;
import dev.sheaf.client.DomainList;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.contract.Source;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.lineage.PlanImpacts;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.runs.ProductTraces;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.Applier;
import dev.sheaf.product.apply.DeclaredState;
import dev.sheaf.product.apply.Plan;
import dev.sheaf.product.apply.Planner;
import dev.sheaf.registry.CatalogProduct;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What is declared: plan, apply, domains, removal.
public final class MeshRoutes {
    private final Ledger ledger;
    private final Planner planner;
    private final Applier applier;
    private final RunRegistry runs;
    private final MeshRegistry registry;
    private final Sight sight;
    private final RemoteAnswers remote;
    private final Applying applying;
    private final ByteSize manifestsMax;
    private final PlanImpacts impacts;

    public MeshRoutes(
            Ledger ledger,
            Planner planner,
            Applier applier,
            RunRegistry runs,
            Governance governance,
            MeshRegistry registry,
            Audit audit,
            ByteSize manifestsMax,
            PlanImpacts impacts,
            ProductTraces traces,
            Clock clock) {
        this.impacts = impacts;
        this.ledger = ledger;
        this.planner = planner;
        this.applier = applier;
        this.runs = runs;
        this.registry = registry;
        this.sight = new Sight(ledger, governance, registry, audit);
        this.remote = new RemoteAnswers(registry, clock);
        this.applying = new Applying(ledger, planner, applier, registry, sight, traces);
        this.manifestsMax = manifestsMax;
    }

    /// What plans and applies, for whoever has manifests from elsewhere.
    Applying applying() {
        return applying;
    }

    public List<Route> routes() {
        Access apply = Access.needs(Scope.MESH_APPLY);
        return List.of(
                Route.of("POST", "/api/v1/plans", apply, this::plan),
                Route.of("POST", "/api/v1/applies", apply, this::apply),
                Route.of("DELETE", "/api/v1/products/{product}", apply, this::deleteProduct),
                Route.of(
                        "GET", "/api/v1/domains", Access.needs(Scope.CATALOG_READ), this::domains));
    }

    private Reply plan(Request request) {
        Manifests manifests = request.json(Manifests.class, manifestsMax);
        Plan plan = applying.planned(request, sources(manifests), "mesh.plan");
        return Reply.json(PlanAnswers.plan(plan, impacts.of(request.caller(), plan)));
    }

    private Reply apply(Request request) {
        Manifests manifests = request.json(Manifests.class, manifestsMax);
        Plan plan = applying.planned(request, sources(manifests), "mesh.apply");
        long revision = applying.applied(request, plan, manifests.expectedPlan());
        return Reply.json(new ApplyResult(revision, PlanAnswers.plan(plan)));
    }

    private static List<Source> sources(Manifests manifests) {
        return manifests.files().stream().map(MeshRoutes::source).toList();
    }

    private static Source source(ManifestFile file) {
        return new Source(file.path(), file.content());
    }

    private Reply deleteProduct(Request request) {
        ProductSpec product = sight.product(request, "product.delete", Action.PRODUCT_DELETE);
        runs.exclusively(
                product.name(),
                () -> applier.apply(planner.removal(DeclaredState.of(ledger), product.name())));
        sight.audit()
                .record(
                        request.id(),
                        request.caller(),
                        "product.delete",
                        product.name().toString(),
                        Audit.Outcome.DONE,
                        Map.of());
        return Reply.noContent();
    }

    private Reply domains(Request request) {
        Principal caller = request.caller();
        List<ProductName> products = ledger.products().stream().map(ProductSpec::name).toList();
        List<CatalogProduct> elsewhere =
                registry.remote().stream().filter(product -> sight.sees(caller, product)).toList();
        Stream<DomainInfo> here =
                ledger.domains().stream()
                        .filter(domain -> caller.covers(domain.name()))
                        .map(domain -> info(domain, products));
        Stream<DomainInfo> others =
                registry.remoteDomains().stream()
                        .filter(domain -> ledger.domain(domain.domain().name()).isEmpty())
                        .map(domain ->
                                remote.domain(domain, count(domain.domain().name(), elsewhere)))
                        .filter(domain ->
                                domain.products() > 0
                                        || caller.covers(new DomainName(domain.name())));
        return Reply.json(
                new DomainList(
                        Stream.concat(here, others)
                                .sorted(Comparator.comparing(DomainInfo::name))
                                .toList()));
    }

    private static int count(DomainName domain, List<CatalogProduct> products) {
        return Math.toIntExact(
                products.stream()
                        .filter(product -> product.name().domain().equals(domain))
                        .count());
    }

    private DomainInfo info(Domain domain, List<ProductName> products) {
        long count = products.stream().filter(name -> name.domain().equals(domain.name())).count();
        return new DomainInfo(
                domain.name().value(),
                domain.homeRegion().toString(),
                domain.owner(),
                domain.description(),
                Math.toIntExact(count),
                Optional.empty(),
                OptionalLong.empty(),
                registry.catalog()
                        .domain(domain.name())
                        .map(each ->
                                Stream.concat(Stream.of(each.home()), each.others().stream())
                                        .filter(region -> !region.equals(registry.own()))
                                        .map(RegionName::toString)
                                        .toList())
                        .orElse(List.of()));
    }
}
