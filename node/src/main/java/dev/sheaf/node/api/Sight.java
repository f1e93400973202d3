package dev.sheaf.node.api;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;

import java.util.Map;
import java.util.Set;

/// What a caller may see: the domains that their token covers. What they may not see looks as if it
/// did not exist, in the same words.
final class Sight {
    private final Ledger ledger;
    private final Audit audit;

    Sight(Ledger ledger, Audit audit) {
        this.ledger = ledger;
        this.audit = audit;
    }

    /// The product that a path names, if its caller may see it.
    ///
    /// @param action for the audit log
    /// @throws Problem NOT_FOUND
    ProductSpec product(Request request, String action) {
        ProductName name = ProductName.parse(request.path("product"));
        boolean covered = request.caller().covers(name.domain());
        audit.record(
                request.id(),
                request.caller(),
                action,
                name.toString(),
                covered ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                Map.of());
        if (!covered) {
            throw noProduct(name);
        }
        return ledger.product(name).orElseThrow(() -> noProduct(name));
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
