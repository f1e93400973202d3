package dev.sheaf.node.federation;

import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.governance.GovernedTables;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryEstimate;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.ReadListener;
import dev.sheaf.query.TableRead;
import dev.sheaf.query.TableResolver;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.TableResolver.ResolvedTable;
import dev.sheaf.query.federation.SubQueryPlan;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Says of a sub-query what it would read and show, without running it: sizes from the releases'
/// own metadata, masks, filters and residency from the policies in force. For any thread.
public final class HomePlans {
    private static final Logger LOG = LoggerFactory.getLogger(HomePlans.class);

    private final QueryService queries;
    private final GovernedTables policies;
    private final TableResolver releases;

    public HomePlans(QueryService queries, GovernedTables policies, TableResolver releases) {
        this.queries = queries;
        this.policies = policies;
        this.releases = releases;
    }

    /// @throws dev.sheaf.kernel.Problem as running it would
    SubQueryPlan plan(QueryRequest request) {
        QueryEstimate estimate = queries.estimate(request, ReadListener.NONE);
        List<SubQueryPlan.Table> tables = new ArrayList<>();
        for (QueryEstimate.Table table : estimate.tables()) {
            releases.resolve(table.read().product(), new AsOf.Release(table.read().release()))
                    .ifPresent(
                            found -> tables.add(table(request.caller(), table, found.contract())));
        }
        // The engine estimates from the files' statistics, which know of hidden values and rows.
        boolean isOpen =
                tables.stream().allMatch(each -> each.masked().isEmpty() && !each.isFiltered());
        return new SubQueryPlan(tables, isOpen ? estimate.rows() : OptionalLong.empty());
    }

    /// How many rows an answer is expected to have, for this region's own use: from the files'
    /// statistics, whatever of them the caller may see. Empty also when the statement is refused:
    /// running it says why.
    OptionalLong expectedRows(QueryRequest request) {
        try {
            return queries.estimate(request, ReadListener.NONE).rows();
        } catch (Problem refused) {
            LOG.debug("nothing is expected of a statement that is refused", refused);
            return OptionalLong.empty();
        }
    }

    /// The least that a decision about one of the tables lets the answer cost.
    Optional<Money> maxCost(Caller caller, List<TableRead> tables) {
        Optional<Money> least = Optional.empty();
        for (TableRead table : tables) {
            Optional<ResolvedTable> found =
                    releases.resolve(table.product(), new AsOf.Release(table.release()));
            if (found.isPresent()
                    && policies.ask(
                                    caller,
                                    Action.PRODUCT_QUERY,
                                    table.product(),
                                    found.get().contract())
                            instanceof Decision.Allow allow) {
                least = least(least, allow.maxCost());
            }
        }
        return least;
    }

    private static Optional<Money> least(Optional<Money> one, Optional<Money> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        if (!one.get().currency().equals(other.get().currency())) {
            throw new Problem(
                    ProblemCode.COST_EXCEEDED,
                    "policies cap what the answer may cost in "
                            + one.get().currency()
                            + " and in "
                            + other.get().currency()
                            + ", which cannot be compared: ask of each product for itself");
        }
        return one.get().compareTo(other.get()) <= 0 ? one : other;
    }

    private SubQueryPlan.Table table(
            Caller caller, QueryEstimate.Table table, TableContract contract) {
        ProductName product = table.read().product();
        Decision decision = policies.ask(caller, Action.PRODUCT_QUERY, product, contract);
        List<String> masked = new ArrayList<>();
        boolean isFiltered = true;
        String residency;
        switch (decision) {
            case Decision.Allow allow -> {
                allow.masks().forEach((column, mask) -> masked.add(column + ": " + kind(mask)));
                isFiltered = !allow.filters().isEmpty();
                residency = "the answer may go: " + String.join("; ", allow.reasons());
            }
            case Decision.Deny deny -> residency = "denied: " + String.join("; ", deny.reasons());
        }
        masked.sort(null);
        boolean mayTransfer =
                policies.ask(caller, Action.PRODUCT_TRANSFER, product, contract)
                        instanceof Decision.Allow;
        return new SubQueryPlan.Table(
                product,
                table.read().release(),
                OptionalLong.of(table.rows()),
                OptionalLong.of(table.bytes()),
                masked,
                isFiltered,
                residency + (mayTransfer ? "; its files may go too" : "; its files may not"),
                decision.revision(),
                masked.isEmpty() && !isFiltered && mayTransfer);
    }

    private static String kind(Mask mask) {
        return switch (mask) {
            case Mask.Nothing _ -> "null";
            case Mask.Fixed _ -> "fixed";
            case Mask.Hash _ -> "hash";
            case Mask.Partial _ -> "partial";
            case Mask.ToPeriod _, Mask.ToRange _ -> "generalise";
            case Mask.Tokenise _ -> "tokenise";
            case Mask.Sql _ -> "sql";
        };
    }
}
