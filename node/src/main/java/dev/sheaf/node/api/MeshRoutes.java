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
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
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
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.Applier;
import dev.sheaf.product.apply.DeclaredState;
import dev.sheaf.product.apply.ManifestReader;
import dev.sheaf.product.apply.Plan;
import dev.sheaf.product.apply.PlannedChange;
import dev.sheaf.product.apply.Planner;
import dev.sheaf.product.apply.Prune;
import dev.sheaf.registry.CatalogProduct;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private final ByteSize manifestsMax;

    public MeshRoutes(
            Ledger ledger,
            Planner planner,
            Applier applier,
            RunRegistry runs,
            Governance governance,
            MeshRegistry registry,
            Audit audit,
            ByteSize manifestsMax,
            Clock clock) {
        this.ledger = ledger;
        this.planner = planner;
        this.applier = applier;
        this.runs = runs;
        this.registry = registry;
        this.sight = new Sight(ledger, governance, registry, audit);
        this.remote = new RemoteAnswers(registry, clock);
        this.manifestsMax = manifestsMax;
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
        return Reply.json(PlanAnswers.plan(planned(request, manifests, "mesh.plan")));
    }

    private Reply apply(Request request) {
        Manifests manifests = request.json(Manifests.class, manifestsMax);
        Plan plan = planned(request, manifests, "mesh.apply");
        if (manifests
                .expectedPlan()
                .map(expected -> !expected.equals(plan.digest().hex()))
                .orElse(false)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "what would be applied now is not the plan you looked at; plan again");
        }
        Applier.Applied applied = applier.apply(plan);
        for (PlannedChange change : plan.changes()) {
            if (change.action() != PlannedChange.Action.UNCHANGED) {
                sight.audit()
                        .record(
                                request.id(),
                                request.caller(),
                                "mesh.apply",
                                change.subject(),
                                Audit.Outcome.DONE,
                                Map.of(
                                        "change",
                                        change.action() + " " + change.kind(),
                                        "revision",
                                        applied.revision()));
            }
        }
        return Reply.json(new ApplyResult(applied.revision(), PlanAnswers.plan(plan)));
    }

    private Plan planned(Request request, Manifests manifests, String action) {
        if (manifests.files().isEmpty()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "there are no files to look at");
        }
        List<Source> sources = manifests.files().stream().map(MeshRoutes::source).toList();
        dev.sheaf.product.apply.Manifests read = ManifestReader.read(sources);
        Set<String> domains = new TreeSet<>();
        read.domains().forEach(domain -> domains.add(domain.name().value()));
        read.products().forEach(product -> domains.add(product.name().domain().value()));
        Set<String> contractIds =
                read.contracts().stream()
                        .map(manifest -> manifest.contract().id())
                        .collect(Collectors.toSet());
        // A contract by itself changes the products that keep it, wherever they are declared.
        ledger.products().stream()
                .filter(product -> contractIds.contains(product.contract().id()))
                .forEach(product -> domains.add(product.name().domain().value()));
        sight.requireDomains(request, action, domains);
        return sight.judged(request, planner.plan(DeclaredState.of(ledger), read, Prune.NOTHING));
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
