package dev.sheaf.node.governance;

import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.DecisionMaker;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.CatalogProduct;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks the policies in force about what callers want of this node. The same question has the same
/// answer at each door. For any thread.
public final class Governance {
    private static final String TEAM = "team:";

    private final DecisionMaker decider;
    private final GrantSource grants;
    private final ProductResources products;
    private final String region;
    private final Clock clock;

    /// @param region of this node, to which answers go
    public Governance(
            DecisionMaker decider,
            GrantSource grants,
            ProductResources products,
            String region,
            Clock clock) {
        this.decider = decider;
        this.grants = grants;
        this.products = products;
        this.region = region;
        this.clock = clock;
    }

    /// @param purpose as the caller says; empty when they do not
    public Decision decide(Principal caller, Action action, ProductSpec product, String purpose) {
        return decide(subject(caller), action, products.of(product), purpose, "");
    }

    /// About a product of another region, as it is known here: its home decides for itself.
    ///
    /// @param purpose as the caller says; empty when they do not
    public Decision decide(
            Principal caller, Action action, CatalogProduct product, String purpose) {
        return decide(subject(caller), action, products.of(product), purpose, "");
    }

    /// About what is neither a product nor context, such as a schema.
    public Decision decide(Principal caller, Action action, Resource resource) {
        return decide(subject(caller), action, resource, "", "");
    }

    /// Whether a region may know of a product of this one, or have its data. Who asks is this node,
    /// for the domain.
    ///
    /// @param action PRODUCT_EXPORT or PRODUCT_TRANSFER
    public Decision decide(Action action, ProductSpec product, RegionName destination) {
        Subject node =
                new Subject(
                        "node/" + region,
                        "service",
                        Set.of(),
                        Set.of(),
                        Set.of(product.name().domain().value()));
        return decide(node, action, products.of(product), "", destination.toString(), "");
    }

    /// @param engine what executes it
    Decision decide(
            Subject subject, Action action, Resource resource, String purpose, String engine) {
        return decide(subject, action, resource, purpose, region, engine);
    }

    /// @param destination the region that the answer goes to, empty for this one
    Decision decide(
            Subject subject,
            Action action,
            Resource resource,
            String purpose,
            Optional<RegionName> destination,
            String engine) {
        return decide(
                subject,
                action,
                resource,
                purpose,
                destination.map(RegionName::toString).orElse(region),
                engine);
    }

    /// Whether rows become a release.
    ///
    /// @param destination the region of the store that they go to
    Decision publish(Subject subject, Resource release, String destination) {
        return decide(subject, Action.PRODUCT_PUBLISH, release, "", destination, "");
    }

    /// Whether the files of a release may go to a region as they are.
    ///
    /// @param node that asks, which stands as a service of the product's domain
    /// @param release the table as the release's own contract describes it
    public Decision transfer(
            String node, ProductName product, TableContract release, RegionName destination) {
        return decide(
                new Subject(node, "service", Set.of(), Set.of(), Set.of(product.domain().value())),
                Action.PRODUCT_TRANSFER,
                release(product, release),
                "",
                destination.toString(),
                "");
    }

    private Decision decide(
            Subject subject,
            Action action,
            Resource resource,
            String purpose,
            String destination,
            String engine) {
        Circumstances circumstances =
                new Circumstances(
                        clock.instant(),
                        purpose,
                        destination,
                        engine,
                        grants.of(subject, resource.id()));
        return decider.decide(new Question(subject, action, resource, circumstances));
    }

    Resource resource(ProductSpec product) {
        return products.of(product);
    }

    /// @param release the table as the release's own contract describes it
    Resource release(ProductName product, TableContract release) {
        return products.ofRelease(product, release);
    }

    /// A caller as policy sees them.
    public static Subject subject(Principal caller) {
        return subject(caller.subject(), caller.roles(), caller.domains());
    }

    /// Teams are those roles that say so: `team:insights` is the team `insights`.
    static Subject subject(String id, Set<String> roles, Set<String> domains) {
        Set<String> teams =
                roles.stream()
                        .filter(role -> role.startsWith(TEAM) && role.length() > TEAM.length())
                        .map(role -> role.substring(TEAM.length()))
                        .collect(Collectors.toUnmodifiableSet());
        return new Subject(id, "user", teams, roles, domains);
    }
}
