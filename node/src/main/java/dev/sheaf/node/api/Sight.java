package dev.sheaf.node.api;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.apply.Plan;
import dev.sheaf.product.apply.Refusal;
import dev.sheaf.registry.CatalogProduct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a caller may see, by the policies in force. What they may not see looks as if it did not
/// exist, in the same words.
final class Sight {
    private final Ledger ledger;
    private final Governance governance;
    private final MeshRegistry registry;
    private final Audit audit;

    Sight(Ledger ledger, Governance governance, MeshRegistry registry, Audit audit) {
        this.ledger = ledger;
        this.governance = governance;
        this.registry = registry;
        this.audit = audit;
    }

    /// Whether the caller may know of the product.
    boolean sees(Principal caller, ProductSpec spec) {
        return decide(caller, Action.PRODUCT_DESCRIBE, spec) instanceof Decision.Allow;
    }

    /// Whether the caller may know of a product of another region: as this region's policies say,
    /// for its home's do not come along.
    boolean sees(Principal caller, CatalogProduct product) {
        return describe(caller, product) instanceof Decision.Allow;
    }

    private Decision describe(Principal caller, CatalogProduct product) {
        return governance.decide(caller, Action.PRODUCT_DESCRIBE, product, "");
    }

    /// The product that a path names, wherever it is at home, if its caller may see it.
    ///
    /// @param action for the audit log
    /// @throws Problem NOT_FOUND
    Seen seen(Request request, String action) {
        return seen(request, ProductName.parse(request.path("product")), action);
    }

    /// The same for a product that is named otherwise.
    ///
    /// @throws Problem NOT_FOUND
    Seen seen(Request request, ProductName name, String action) {
        Optional<CatalogProduct> remote = remote(name);
        return remote.isPresent()
                ? new Seen.Elsewhere(remote(request, remote.get(), action))
                : new Seen.Here(local(request, name, action, Action.PRODUCT_DESCRIBE));
    }

    /// What is declared here is what counts here.
    private Optional<CatalogProduct> remote(ProductName name) {
        return ledger.product(name).isPresent() ? Optional.empty() : registry.remote(name);
    }

    private CatalogProduct remote(Request request, CatalogProduct product, String action) {
        Decision decision = describe(request.caller(), product);
        boolean isSeen = decision instanceof Decision.Allow;
        record(request, action, product.name(), decision, isSeen);
        if (!isSeen) {
            throw noProduct(product.name());
        }
        return product;
    }

    private Decision decide(Principal caller, Action action, ProductSpec spec) {
        return governance.decide(caller, action, spec, "");
    }

    /// The product that a path names, if its caller may see it.
    ///
    /// @param action for the audit log
    /// @throws Problem NOT_FOUND
    ProductSpec product(Request request, String action) {
        return product(request, action, Action.PRODUCT_DESCRIBE);
    }

    /// The product that a path names, if its caller may do that to it. Whoever may not see it hears
    /// that it is not there.
    ///
    /// @param name of the action for the audit log
    /// @throws Problem NOT_FOUND, FORBIDDEN with the policy's reasons
    ProductSpec product(Request request, String name, Action action) {
        return product(request, ProductName.parse(request.path("product")), name, action);
    }

    /// The same for a product that is named otherwise.
    ///
    /// @throws Problem NOT_FOUND, FORBIDDEN with the policy's reasons, CONFLICT naming its home
    ///   when it is at home in another region
    ProductSpec product(Request request, ProductName product, String name, Action action) {
        Optional<CatalogProduct> remote = remote(product);
        if (remote.isPresent()) {
            throw RemoteAnswers.atHome(
                    registry, remote(request, remote.get(), name), name + " is for its home only");
        }
        return local(request, product, name, action);
    }

    private ProductSpec local(Request request, ProductName product, String name, Action action) {
        Optional<ProductSpec> found = ledger.product(product);
        Decision seen =
                found.map(spec -> decide(request.caller(), Action.PRODUCT_DESCRIBE, spec))
                        .orElseGet(() -> new Decision.Deny(List.of("there is none"), ""));
        boolean isSeen = seen instanceof Decision.Allow;
        Decision decision =
                isSeen && action != Action.PRODUCT_DESCRIBE
                        ? decide(request.caller(), action, found.orElseThrow())
                        : seen;
        boolean isAllowed = decision instanceof Decision.Allow;
        record(request, name, product, decision, isAllowed);
        if (!isSeen) {
            throw noProduct(product);
        } else if (!isAllowed) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    name
                            + " of "
                            + product
                            + " is not allowed: "
                            + String.join("; ", decision.reasons()));
        }
        return found.orElseThrow();
    }

    private void record(
            Request request,
            String action,
            ProductName product,
            Decision decision,
            boolean isAllowed) {
        audit.record(
                request.id(),
                request.caller(),
                action,
                product.toString(),
                isAllowed ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                Map.of(
                        "reasons",
                        String.join("; ", decision.reasons()),
                        "policy",
                        decision.revision()));
    }

    /// A run that has ended, or was left behind, if the caller may see its product.
    ///
    /// @throws Problem NOT_FOUND
    Run run(Principal caller, String id) {
        return ledger.run(id)
                .filter(run -> caller.covers(run.product().domain()))
                .orElseThrow(() -> noRun(id));
    }

    /// @throws Problem FORBIDDEN when the token does not cover one of them
    void requireDomains(Request request, String action, Set<String> domains) {
        for (String domain : domains) {
            if (!request.caller().covers(new DomainName(domain))) {
                audit.record(
                        request.id(),
                        request.caller(),
                        action,
                        domain,
                        Audit.Outcome.DENIED,
                        Map.of());
                throw new Problem(
                        ProblemCode.FORBIDDEN,
                        "your token does not cover the domain "
                                + domain
                                + ", which the manifests declare");
            }
        }
    }

    /// The plan with what policy refuses of it.
    Plan judged(Request request, Plan plan) {
        List<Refusal> refusals = new ArrayList<>(plan.refusals());
        for (Ledger.Change change : plan.ledgerChanges()) {
            if (change instanceof Ledger.Change.PutProduct(ProductSpec spec)
                    && decide(request.caller(), Action.PRODUCT_APPLY, spec)
                            instanceof Decision.Deny(List<String> reasons, String revision)) {
                refusals.add(
                        new Refusal(
                                ProblemCode.FORBIDDEN,
                                spec.name().toString(),
                                "policy refuses "
                                        + spec.name()
                                        + ": "
                                        + String.join("; ", reasons)
                                        + " (policies "
                                        + revision
                                        + ")"));
            }
        }
        return new Plan(
                plan.digest(),
                plan.revision(),
                plan.changes(),
                refusals,
                plan.warnings(),
                plan.ledgerChanges());
    }

    Audit audit() {
        return audit;
    }

    static Problem noProduct(ProductName name) {
        return new Problem(
                ProblemCode.NOT_FOUND, "there is no product " + name + " that you may see");
    }

    static Problem noRun(String id) {
        return new Problem(
                ProblemCode.NOT_FOUND,
                "there is no run '" + id + "' that you may see, or it is too old to be remembered");
    }
}
