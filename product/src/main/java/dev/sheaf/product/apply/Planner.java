package dev.sheaf.product.apply;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.diff.ContractDiff;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.PlannedChange.Action;
import dev.sheaf.product.apply.PlannedChange.Kind;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares manifests with what is declared. Changes nothing.
public final class Planner {
    private final SpecCheck specCheck;

    /// @param specCheck asked once for each product that is new or changed
    public Planner(SpecCheck specCheck) {
        this.specCheck = specCheck;
    }

    /// @throws dev.sheaf.kernel.Problem INVALID_CONTRACT naming every fault with file, line and
    ///   column when the manifests are wrong in themselves or do not fit together
    public Plan plan(DeclaredState state, Manifests manifests, Prune prune) {
        Findings findings = new Findings();
        findings.addAll(manifests.findings());
        Desired desired = new Desired(state, manifests, prune, findings);
        Draft draft = new Draft(state);
        desired.domains.values().forEach(draft::domain);
        for (ProductSpec product : desired.products.values()) {
            // Why a breaking change is refused is what its author must hear, not what it breaks
            // here.
            if (draft.product(product) && !draft.refuses(product.name())) {
                specCheck.faults(product).forEach(fault -> desired.reportFault(product, fault));
            }
        }
        draft.deletions(desired);
        Findings.requireNoErrors(findings.all());
        return draft.plan(findings.all());
    }

    /// A plan that removes one product and nothing else.
    ///
    /// @throws dev.sheaf.kernel.Problem NOT_FOUND when there is no such product
    public Plan removal(DeclaredState state, ProductName name) {
        Draft draft = new Draft(state);
        if (!draft.oldProducts.containsKey(name)) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no product " + name);
        }
        draft.delete(name);
        return draft.plan(List.of());
    }

    /// A plan while it is made.
    private final class Draft {
        private final DeclaredState state;
        private final Map<DomainName, Domain> oldDomains = new HashMap<>();
        private final Map<ProductName, ProductSpec> oldProducts = new HashMap<>();
        private final List<PlannedChange> changes = new ArrayList<>();
        private final List<Refusal> refusals = new ArrayList<>();
        private final List<Ledger.Change> ledgerChanges = new ArrayList<>();
        private final StringBuilder fingerprint = new StringBuilder();

        Draft(DeclaredState state) {
            this.state = state;
            state.domains().forEach(domain -> oldDomains.put(domain.name(), domain));
            state.products().forEach(product -> oldProducts.put(product.name(), product));
            fingerprint.append(state.revision()).append('\n');
        }

        void domain(Domain domain) {
            Domain old = oldDomains.get(domain.name());
            Optional<Source> before = Optional.ofNullable(old).map(Domain::source);
            if (add(Kind.DOMAIN, domain.name().value(), before, domain.source())) {
                ledgerChanges.add(new Ledger.Change.PutDomain(domain));
            }
            if (old != null && !old.homeRegion().equals(domain.homeRegion()) && hasReleases(old)) {
                refusals.add(
                        new Refusal(
                                ProblemCode.CONFLICT,
                                domain.name().value(),
                                "the home region cannot change from "
                                        + old.homeRegion()
                                        + " to "
                                        + domain.homeRegion()
                                        + " while products have releases there: declare a new"
                                        + " domain in the new region and publish its products"
                                        + " there"));
            }
        }

        private boolean hasReleases(Domain domain) {
            return state.released().stream()
                    .anyMatch(product -> product.domain().equals(domain.name()));
        }

        boolean refuses(ProductName product) {
            return refusals.stream()
                    .anyMatch(refusal -> refusal.subject().equals(product.toString()));
        }

        /// Whether there is anything new about it.
        boolean product(ProductSpec product) {
            ProductSpec old = oldProducts.get(product.name());
            String subject = product.name().toString();
            Source contract = product.contract().source();
            Optional<ProductSpec> before = Optional.ofNullable(old);
            boolean changed =
                    add(
                            Kind.PRODUCT,
                            subject,
                            before.map(spec -> spec.descriptor().source()),
                            product.descriptor().source());
            if (old == null || old.contract().source().digest().equals(contract.digest())) {
                changed |=
                        add(
                                Kind.CONTRACT,
                                subject,
                                before.map(spec -> spec.contract().source()),
                                contract);
            } else {
                changed = true;
                contractUpdate(product.name(), old.contract(), product.contract());
            }
            if (changed) {
                ledgerChanges.add(new Ledger.Change.PutProduct(product));
            }
            before.ifPresent(spec -> refuseMove(spec, product));
            return changed;
        }

        private void contractUpdate(ProductName name, DataContract before, DataContract after) {
            List<FieldChange> fields = FieldDiff.between(before.source(), after.source());
            ContractDiff diff = ContractDiff.between(before, after);
            add(
                    new PlannedChange(
                            Kind.CONTRACT,
                            name.toString(),
                            Action.UPDATE,
                            Optional.of(after.source().name()),
                            fields,
                            Optional.of(diff)),
                    after.source().digest());
            VersionRule.refusal(name, diff, !fields.isEmpty()).ifPresent(refusals::add);
        }

        private void refuseMove(ProductSpec before, ProductSpec after) {
            if (!before.location().equals(after.location())
                    && state.released().contains(after.name())) {
                refusals.add(
                        new Refusal(
                                ProblemCode.CONFLICT,
                                after.name().toString(),
                                SheafProperties.LOCATION
                                        + " cannot change from "
                                        + before.location().orElse("the default store")
                                        + " to "
                                        + after.location().orElse("the default store")
                                        + " while there are releases: publish to a product of a"
                                        + " new name there"));
            }
        }

        void deletions(Desired desired) {
            oldProducts.keySet().stream()
                    .filter(name -> !desired.products.containsKey(name))
                    .sorted()
                    .forEach(this::delete);
            oldDomains.keySet().stream()
                    .filter(name -> !desired.domains.containsKey(name))
                    .sorted()
                    .forEach(name -> {
                        deleted(Kind.DOMAIN, name.value());
                        ledgerChanges.add(new Ledger.Change.DeleteDomain(name));
                    });
        }

        void delete(ProductName name) {
            deleted(Kind.PRODUCT, name.toString());
            ledgerChanges.add(new Ledger.Change.DeleteProduct(name));
        }

        private void deleted(Kind kind, String subject) {
            changes.add(
                    new PlannedChange(
                            kind,
                            subject,
                            Action.DELETE,
                            Optional.empty(),
                            List.of(),
                            Optional.empty()));
            fingerprint.append(kind).append(' ').append(subject).append(" DELETE\n");
        }

        /// Whether it is new or differs by a byte.
        private boolean add(Kind kind, String subject, Optional<Source> before, Source after) {
            boolean same = before.map(Source::digest).equals(Optional.of(after.digest()));
            Action action =
                    before.isEmpty() ? Action.CREATE : same ? Action.UNCHANGED : Action.UPDATE;
            List<FieldChange> fields =
                    same
                            ? List.of()
                            : before.map(old -> FieldDiff.between(old, after))
                                    .orElseGet(() -> FieldDiff.added(after));
            add(
                    new PlannedChange(
                            kind,
                            subject,
                            action,
                            Optional.of(after.name()),
                            fields,
                            Optional.empty()),
                    after.digest());
            return !same;
        }

        private void add(PlannedChange change, Sha256 digest) {
            changes.add(change);
            fingerprint
                    .append(change.kind())
                    .append(' ')
                    .append(change.subject())
                    .append(' ')
                    .append(change.action())
                    .append(' ')
                    .append(digest)
                    .append('\n');
        }

        Plan plan(List<ManifestFinding> findings) {
            changes.sort(Comparator.comparing(change -> change.subject().split("\\.", 2)[0]));
            return new Plan(
                    Sha256.of(fingerprint.toString().getBytes(StandardCharsets.UTF_8)),
                    state.revision(),
                    changes,
                    refusals,
                    findings.stream().filter(finding -> !finding.isError()).toList(),
                    ledgerChanges);
        }
    }
}
