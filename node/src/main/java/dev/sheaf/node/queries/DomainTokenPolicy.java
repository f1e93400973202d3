package dev.sheaf.node.queries;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.query.Caller;
import dev.sheaf.query.TablePolicy;

import java.util.Map;
import java.util.Optional;

/// Whoever's token covers a domain reads its products whole; nobody else reads anything of them.
/// Masks and row filters come with governance, which takes this class's place.
public final class DomainTokenPolicy implements TablePolicy {
    @Override
    public Decision decide(Caller caller, ProductName product, TableContract table) {
        boolean covered =
                caller.domains().contains(Principal.ALL_DOMAINS)
                        || caller.domains().contains(product.domain().value());
        return covered
                ? new Decision.Allow(Map.of(), Optional.empty())
                : new Decision.Deny("the token does not cover the domain " + product.domain());
    }
}
