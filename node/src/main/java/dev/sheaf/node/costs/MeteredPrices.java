package dev.sheaf.node.costs;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.federation.TransferPrices;

/// The price book as the coordinator of statements asks it: in the tier that this region's own use
/// of the month has reached. For any thread.
public final class MeteredPrices implements TransferPrices {
    private final CostMeter meter;

    public MeteredPrices(CostMeter meter) {
        this.meter = meter;
    }

    @Override
    public Money price(RegionName from, RegionName to, long bytes) {
        return meter.quote(from, to, bytes).price();
    }
}
