package dev.sheaf.node.erasure;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.util.Set;

/// What other regions say of their copies of this region's products. For any thread.
public interface ReplicaConfirmation {
    /// Regions that may hold a copy of a release.
    Set<RegionName> holders(ProductName product);

    /// Waits for regions to say that they hold no release which is gone here; not for ever.
    ///
    /// @return those that have not said so
    Set<RegionName> awaitGone(ProductName product);
}
