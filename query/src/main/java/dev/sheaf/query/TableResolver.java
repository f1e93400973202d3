package dev.sheaf.query;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake.LakeTable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds the release that a name in a statement means.
public interface TableResolver {
    /// The release, or empty when there is no such product or it has none yet at that point.
    Optional<ResolvedTable> resolve(ProductName name, AsOf asOf);

    /// Why a release that was there is not there any more, as the beginning of a sentence; empty
    /// when nothing is known of it.
    default Optional<String> whyGone(ProductName name, AsOf asOf) {
        return Optional.empty();
    }

    /// The contract of a declared product, whether it has a release or not.
    Optional<TableContract> contract(ProductName name);

    /// Every product by name, for hints and completion; callers filter by policy.
    List<ProductName> products();

    /// @param snapshotId the Iceberg snapshot to read
    /// @param release the product's release number
    record ResolvedTable(
            ProductName product,
            TableContract contract,
            LakeTable table,
            long snapshotId,
            long release) {}

    /// Which release is meant.
    sealed interface AsOf {
        record Current() implements AsOf {}

        record Release(long number) implements AsOf {}

        /// The release that was current at that instant.
        record At(Instant instant) implements AsOf {}
    }
}
