package dev.sheaf.node.api;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Parsed;
import dev.sheaf.contract.document.Pointers;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.registry.Proposals;
import dev.sheaf.node.runs.ProductTraces;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.Applier;
import dev.sheaf.product.apply.DeclaredState;
import dev.sheaf.product.apply.ManifestFinding;
import dev.sheaf.product.apply.ManifestReader;
import dev.sheaf.product.apply.Manifests;
import dev.sheaf.product.apply.Plan;
import dev.sheaf.product.apply.PlannedChange;
import dev.sheaf.product.apply.Planner;
import dev.sheaf.product.apply.Prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Plans and applies manifests for a caller: of domains that their token covers and that this
/// region decides about, as far as policy lets them. For any thread.
final class Applying {
    private final Ledger ledger;
    private final Planner planner;
    private final Applier applier;
    private final MeshRegistry registry;
    private final Sight sight;
    private final ProductTraces traces;

    /// @param traces hears which trace a change belongs to
    Applying(
            Ledger ledger,
            Planner planner,
            Applier applier,
            MeshRegistry registry,
            Sight sight,
            ProductTraces traces) {
        this.ledger = ledger;
        this.planner = planner;
        this.applier = applier;
        this.registry = registry;
        this.sight = sight;
        this.traces = traces;
    }

    /// @param action for the audit log
    /// @throws Problem BAD_REQUEST, INVALID_CONTRACT; FORBIDDEN for domains that the token does not
    ///   cover; CONFLICT naming their home for domains of other regions
    Plan planned(Request request, List<Source> sources, String action) {
        if (sources.isEmpty()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "there are no files to look at");
        }
        Manifests read = ManifestReader.read(sources);
        Set<DomainName> domains = domains(read);
        sight.requireDomains(
                request,
                action,
                domains.stream().map(DomainName::value).collect(Collectors.toSet()));
        requireHere(domains, read);
        return withWarnings(
                sight.judged(request, planner.plan(DeclaredState.of(ledger), read, Prune.NOTHING)),
                read);
    }

    private Set<DomainName> domains(Manifests read) {
        Set<DomainName> domains = new TreeSet<>(Comparator.comparing(DomainName::value));
        read.domains().forEach(domain -> domains.add(domain.name()));
        read.products().forEach(product -> domains.add(product.name().domain()));
        Set<String> contractIds =
                read.contracts().stream()
                        .map(manifest -> manifest.contract().id())
                        .collect(Collectors.toSet());
        // A contract by itself changes the products that keep it, wherever they are declared.
        ledger.products().stream()
                .filter(product -> contractIds.contains(product.contract().id()))
                .map(ProductSpec::name)
                .forEach(product -> domains.add(product.domain()));
        boolean isOfNobodyHere = domains.isEmpty();
        if (isOfNobodyHere) {
            domains.addAll(Proposals.domainsOf(read));
        }
        return domains;
    }

    private void requireHere(Set<DomainName> domains, Manifests read) {
        Map<DomainName, RegionName> declared =
                new TreeMap<>(Comparator.comparing(DomainName::value));
        read.domains().forEach(domain -> declared.put(domain.name(), domain.homeRegion()));
        for (DomainName domain : domains) {
            requireHere(domain, Optional.ofNullable(declared.get(domain)));
        }
    }

    private void requireHere(DomainName domain, Optional<RegionName> declared) {
        Optional<RegionName> home = registry.decidesElsewhere(domain, declared);
        if (home.isPresent()) {
            throw RemoteAnswers.elsewhere(
                    registry,
                    "the domain " + domain.value(),
                    home.get(),
                    "only its home changes it, and ",
                    ", or propose it from here: sheaf apply --propose");
        }
    }

    /// @throws Problem CONFLICT naming the domain's home when another region decides about it
    void requireHere(DomainName domain) {
        requireHere(domain, Optional.empty());
    }

    /// A home that is in no mesh with this region is an oversight as often as not.
    private Plan withWarnings(Plan plan, Manifests read) {
        List<ManifestFinding> warnings = new ArrayList<>(plan.warnings());
        for (Domain domain : read.domains()) {
            if (!domain.homeRegion().equals(registry.own())) {
                warnings.add(warning(domain));
            }
        }
        return new Plan(
                plan.digest(),
                plan.revision(),
                plan.changes(),
                plan.refusals(),
                warnings,
                plan.ledgerChanges());
    }

    private ManifestFinding warning(Domain domain) {
        Position at =
                DocumentReader.read(domain.source()) instanceof Parsed.Tree tree
                        ? Pointers.locate(tree.root(), "/homeRegion")
                        : new Position(1, 1);
        return new ManifestFinding(
                domain.source().name(),
                at,
                Finding.Severity.WARNING,
                "the home region "
                        + domain.homeRegion()
                        + " is not in the mesh of this node: "
                        + registry.own()
                        + " stands in for it");
    }

    /// Carries a plan out.
    ///
    /// @param expected digest of the plan that somebody looked at
    /// @return the ledger's revision after it
    /// @throws Problem CONFLICT when it is not that plan; as [Applier#apply]
    long applied(Request request, Plan plan, Optional<String> expected) {
        if (expected.map(digest -> !digest.equals(plan.digest().hex())).orElse(false)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "what would be applied now is not the plan you looked at; plan again");
        }
        Applier.Applied applied = applier.apply(plan);
        plan.ledgerChanges().forEach(change -> traced(request, change));
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
        return applied.revision();
    }

    private void traced(Request request, Ledger.Change change) {
        if (change instanceof Ledger.Change.PutProduct put) {
            traces.changed(put.product().name(), request.span().header());
        }
    }
}
