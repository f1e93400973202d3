package dev.sheaf.query.federation;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake.LakeTable;

import java.util.Optional;

/// Releases of products of other regions whose files can be read from here: as they lie in a store
/// that is shared, or as a replica. What is held is read only once the home has said that this
/// region may read it as it is. Answers without waiting for another region. For any thread.
@FunctionalInterface
public interface HeldReleases {
    /// Holds none.
    HeldReleases NONE = (product, home, release) -> Optional.empty();

    Optional<Held> find(ProductName product, RegionName home, long release);

    /// @param snapshotId to read of the table
    /// @param isReplica whether the files lie in this region, so that nothing crosses its border
    record Held(LakeTable table, long snapshotId, boolean isReplica) {}
}
