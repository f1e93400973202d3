package dev.sheaf.query.federation;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.RegionName;

import java.util.Objects;

/// What a query service needs to answer statements over several regions.
///
/// @param here this region
/// @param catalog products of the others
/// @param held releases of the others whose files can be read from here
/// @param keys what may go to other regions to narrow sub-queries
public record Federation(
        RegionName here,
        RemoteCatalog catalog,
        Regions regions,
        TransferPrices prices,
        HeldReleases held,
        KeyRoutes keys,
        FederationLimits limits) {
    public Federation {
        Objects.requireNonNull(regions);
    }

    /// Of a region alone: knows of no other, and asks none.
    public static Federation alone(RegionName here) {
        return new Federation(
                here,
                RemoteCatalog.NONE,
                Regions.NONE,
                (from, to, bytes) -> Money.zero("USD"),
                HeldReleases.NONE,
                KeyRoutes.NONE,
                FederationLimits.DEFAULT);
    }
}
