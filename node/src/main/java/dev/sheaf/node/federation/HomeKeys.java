package dev.sheaf.node.federation;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.governance.GovernedTables;
import dev.sheaf.query.Caller;
import dev.sheaf.query.TableResolver;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.federation.KeyRoutes;

import java.util.Optional;

/// Lets values of this region's products go to another region as keys when its policies would
/// answer the caller there without a mask. Of products of other regions nothing goes on: only their
/// homes could say. For any thread.
public final class HomeKeys implements KeyRoutes {
    private final RegionName here;
    private final GovernedTables policies;
    private final TableResolver releases;

    public HomeKeys(RegionName here, GovernedTables policies, TableResolver releases) {
        this.here = here;
        this.policies = policies;
        this.releases = releases;
    }

    @Override
    public boolean mayGo(Caller caller, ProductName product, RegionName home, RegionName to) {
        if (!home.equals(here)) {
            return false;
        }
        Caller there =
                new Caller(
                        caller.subject(),
                        caller.roles(),
                        caller.domains(),
                        caller.purpose(),
                        Optional.of(to));
        return releases.resolve(product, new AsOf.Current())
                .map(table -> policies.ask(there, Action.PRODUCT_QUERY, product, table.contract()))
                .filter(decision ->
                        decision instanceof Decision.Allow allow && allow.masks().isEmpty())
                .isPresent();
    }
}
