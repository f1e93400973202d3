package dev.sheaf.node.federation;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.costs.Departures;
import dev.sheaf.node.costs.Departures.Departure;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.query.ReadListener;
import dev.sheaf.query.TableRead;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Holds what the rows of a sub-query may cost to policies and budgets, once it is known what is
/// read and before it is; then passes on. For one sub-query and thread.
final class PaidReads implements ReadListener {
    private final ReadListener next;
    private final Departures departures;
    private final RegionName to;
    private final Principal caller;
    private final Function<List<TableRead>, Optional<Money>> maxCost;
    private final long expectedBytes;
    private @Nullable Departure departure;

    /// @param expectedBytes of the answer; 0 when nobody knows
    PaidReads(
            ReadListener next,
            Departures departures,
            RegionName to,
            Principal caller,
            Function<List<TableRead>, Optional<Money>> maxCost,
            long expectedBytes) {
        this.next = next;
        this.departures = departures;
        this.to = to;
        this.caller = caller;
        this.maxCost = maxCost;
        this.expectedBytes = expectedBytes;
    }

    @Override
    public boolean wantsColumns() {
        return next.wantsColumns();
    }

    @Override
    public void reading(List<TableRead> tables) {
        List<ProductName> products = tables.stream().map(TableRead::product).toList();
        departure =
                departures.begin(
                        to,
                        caller,
                        new Departures.Reads(products, maxCost.apply(tables)),
                        expectedBytes);
        next.reading(tables);
    }

    @Override
    public void refused(ProductName product) {
        next.refused(product);
    }

    /// @param bytes that will have left with what leaves next
    /// @throws Problem COST_EXCEEDED
    void leaves(long bytes) {
        Departure begun = departure;
        if (begun != null) {
            begun.leaves(bytes);
        }
    }

    /// What has left is metered.
    void ended() {
        Departure begun = departure;
        if (begun != null) {
            begun.close();
        }
    }
}
