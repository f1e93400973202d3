package dev.sheaf.query.federation;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.RegionName;

/// What it costs to move bytes from one region to another. For any thread.
@FunctionalInterface
public interface TransferPrices {
    /// @return zero within a region
    Money price(RegionName from, RegionName to, long bytes);
}
