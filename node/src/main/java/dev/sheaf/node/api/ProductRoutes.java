package dev.sheaf.node.api;

import dev.sheaf.client.ContractVersionInfo;
import dev.sheaf.client.ContractVersionList;
import dev.sheaf.client.ProductDetails;
import dev.sheaf.client.ProductList;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.ReleaseDetails;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.ReleaseList;
import dev.sheaf.client.RollbackRequest;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunList;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.Source;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.release.ProductHealth;
import dev.sheaf.product.release.Release;
import dev.sheaf.product.release.Releases;
import dev.sheaf.registry.CatalogProduct;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Products, their contracts, releases and health.
public final class ProductRoutes {
    private static final int RUNS_MAX = 1000;

    private final Ledger ledger;
    private final Releases releases;
    private final ProductHealth health;
    private final RunRegistry runs;
    private final MeshRegistry registry;
    private final Sight sight;
    private final RemoteAnswers remote;

    public ProductRoutes(
            Ledger ledger,
            Releases releases,
            ProductHealth health,
            RunRegistry runs,
            Governance governance,
            MeshRegistry registry,
            Audit audit,
            Clock clock) {
        this.ledger = ledger;
        this.releases = releases;
        this.health = health;
        this.runs = runs;
        this.registry = registry;
        this.sight = new Sight(ledger, governance, registry, audit);
        this.remote = new RemoteAnswers(registry, clock);
    }

    public List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        String product = "/api/v1/products/{product}";
        return List.of(
                Route.of("GET", "/api/v1/products", read, this::list),
                Route.of("GET", product, read, this::describe),
                Route.of("GET", product + "/contract", read, this::contract),
                Route.of("GET", product + "/contracts", read, this::contracts),
                Route.of("GET", product + "/health", read, this::productHealth),
                Route.of("GET", product + "/releases", read, this::history),
                Route.of("GET", product + "/releases/{release}", read, this::release),
                Route.of("GET", product + "/runs", read, this::runs),
                Route.of(
                        "POST",
                        product + "/rollback",
                        Access.needs(Scope.PRODUCT_PUBLISH),
                        this::rollback));
    }

    private Reply list(Request request) {
        Optional<DomainName> domain = request.query("domain").map(DomainName::new);
        Map<DomainName, Domain> domains = new HashMap<>();
        ledger.domains().forEach(known -> domains.put(known.name(), known));
        List<ProductSpec> here = ledger.products();
        Stream<ProductSummary> local =
                here.stream()
                        .filter(spec -> domain.map(spec.name().domain()::equals).orElse(true))
                        .filter(spec -> sight.sees(request.caller(), spec))
                        .map(spec ->
                                ProductAnswers.summary(
                                        spec,
                                        Optional.ofNullable(domains.get(spec.name().domain())),
                                        releases.current(spec.name())));
        Set<ProductName> known = here.stream().map(ProductSpec::name).collect(Collectors.toSet());
        Stream<ProductSummary> elsewhere =
                registry.remote().stream()
                        .filter(product -> !known.contains(product.name()))
                        .filter(product -> domain.map(product.name().domain()::equals).orElse(true))
                        .filter(product -> sight.sees(request.caller(), product))
                        .map(remote::summary);
        return Reply.json(
                new ProductList(
                        Stream.concat(local, elsewhere)
                                .sorted(Comparator.comparing(ProductSummary::name))
                                .toList()));
    }

    private Reply describe(Request request) {
        return switch (sight.seen(request, "product.describe")) {
            case Seen.Here(ProductSpec spec) -> described(spec);
            case Seen.Elsewhere(CatalogProduct product) -> Reply.json(remote.details(product));
        };
    }

    private Reply described(ProductSpec spec) {
        ProductName name = spec.name();
        Optional<Release> current = releases.current(name);
        return Reply.json(
                new ProductDetails(
                        ProductAnswers.summary(spec, ledger.domain(name.domain()), current),
                        spec.descriptor().id(),
                        ProductAnswers.table(name),
                        spec.table().columns().stream().map(ProductAnswers::column).toList(),
                        spec.table().primaryKey().stream().map(ColumnContract::name).toList(),
                        ProductAnswers.contract(spec.contract()),
                        spec.transform(),
                        current.map(release -> ProductAnswers.release(name, release)),
                        Optional.of(healthOf(name))));
    }

    private Reply contract(Request request) {
        Optional<String> version = request.query("version");
        return switch (sight.seen(request, "contract.read")) {
            case Seen.Here(ProductSpec spec) -> contract(spec, version);
            case Seen.Elsewhere(CatalogProduct product) -> remote.contract(product, version);
        };
    }

    private Reply contract(ProductSpec spec, Optional<String> version) {
        Source source =
                version.isEmpty() || version.get().equals(spec.contract().version())
                        ? spec.contract().source()
                        : ledger.contractVersions(spec.name()).stream()
                                .filter(past -> past.version().equals(version.get()))
                                .findFirst()
                                .orElseThrow(() -> noVersion(spec, version.get()))
                                .source();
        byte[] bytes = source.bytes();
        String type = source.name().endsWith(".json") ? "application/json" : "application/yaml";
        return new Reply.Bytes(200, type, bytes, Map.of("ETag", '"' + source.digest().hex() + '"'));
    }

    private static Problem noVersion(ProductSpec spec, String version) {
        return new Problem(
                ProblemCode.NOT_FOUND,
                "the contract of " + spec.name() + " never had the version '" + version + "'");
    }

    private Reply contracts(Request request) {
        return switch (sight.seen(request, "contract.read")) {
            case Seen.Here(ProductSpec spec) -> contracts(spec);
            case Seen.Elsewhere(CatalogProduct product) -> Reply.json(remote.contracts(product));
        };
    }

    private Reply contracts(ProductSpec spec) {
        return Reply.json(
                new ContractVersionList(
                        ledger.contractVersions(spec.name()).stream()
                                .map(version ->
                                        new ContractVersionInfo(
                                                Optional.empty(),
                                                version.version(),
                                                Optional.empty(),
                                                version.digest().hex(),
                                                Optional.of(version.appliedAt())))
                                .toList(),
                        registry.own().toString(),
                        Optional.empty(),
                        OptionalLong.empty()));
    }

    private Reply productHealth(Request request) {
        return Reply.json(healthOf(sight.product(request, "product.health").name()));
    }

    private dev.sheaf.client.ProductHealth healthOf(ProductName name) {
        Optional<RunInfo> last = ledger.runs(name, 1).stream().findFirst().map(RunAnswers::run);
        return ProductAnswers.health(name, health.of(name), last);
    }

    private Reply history(Request request) {
        return switch (sight.seen(request, "releases.read")) {
            case Seen.Here(ProductSpec spec) -> history(spec.name());
            case Seen.Elsewhere(CatalogProduct product) -> Reply.json(remote.releases(product));
        };
    }

    private Reply history(ProductName name) {
        return Reply.json(
                new ReleaseList(
                        releases.history(name).stream()
                                .map(release -> ProductAnswers.release(name, release))
                                .toList(),
                        registry.own().toString(),
                        Optional.empty(),
                        OptionalLong.empty()));
    }

    private Reply release(Request request) {
        long number = releaseNumber(request.path("release"));
        return switch (sight.seen(request, "releases.read")) {
            case Seen.Here(ProductSpec spec) -> release(spec.name(), number);
            case Seen.Elsewhere(CatalogProduct product) ->
                    Reply.json(remote.release(product, number));
        };
    }

    private Reply release(ProductName name, long number) {
        Release release = releases.release(name, number);
        RunInfo run =
                ledger.run(release.runId())
                        .map(RunAnswers::run)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND,
                                        "the ledger knows nothing of the run "
                                                + release.runId()
                                                + " that made this release"));
        return Reply.json(
                new ReleaseDetails(ProductAnswers.release(name, release), Optional.of(run)));
    }

    private static long releaseNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "'" + text + "' is not the number of a release", e);
        }
    }

    private Reply runs(Request request) {
        ProductName name = sight.product(request, "runs.read", Action.PRODUCT_PUBLISH).name();
        int limit = Math.toIntExact(request.number("limit", 20, 1, RUNS_MAX));
        return Reply.json(
                new RunList(ledger.runs(name, limit).stream().map(RunAnswers::run).toList()));
    }

    private Reply rollback(Request request) {
        ProductName name =
                sight.product(request, "product.rollback", Action.PRODUCT_ROLLBACK).name();
        long number = request.json(RollbackRequest.class).release();
        if (number < 1) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "release " + number + ": releases are numbered from 1");
        }
        Release current =
                runs.exclusively(
                        name, () -> releases.rollback(name, number, request.caller().subject()));
        sight.audit()
                .record(
                        request.id(),
                        request.caller(),
                        "product.rollback",
                        name.toString(),
                        Audit.Outcome.DONE,
                        Map.of("release", number));
        ReleaseInfo answer = ProductAnswers.release(name, current);
        return Reply.json(answer);
    }
}
