package dev.sheaf.product.erase;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was, or of a dry run would be, taken out of a product.
///
/// @param rows of the current release
/// @param release the one without the rows that readers see now; empty when the current one stays
/// @param releasesGone numbers of releases that cannot be read any more, ascending
/// @param rejectedRows rows of quarantine
/// @param files deleted
/// @param bytes of them
/// @param digest SHA-256 of the list of manifests of the snapshot that is current now; empty for a
///   dry run and without a release
/// @param resumed earlier removals of the product that a crash had left behind and that were
///   brought to their end first; their files are counted here
public record RowsGone(
        ProductName product,
        long rows,
        OptionalLong release,
        List<Long> releasesGone,
        long rejectedRows,
        long files,
        long bytes,
        Optional<Sha256> digest,
        List<String> resumed) {
    public RowsGone {
        releasesGone = List.copyOf(releasesGone);
        resumed = List.copyOf(resumed);
    }

    /// Whether there was nothing to take out.
    public boolean isNothing() {
        return rows == 0
                && release.isEmpty()
                && releasesGone.isEmpty()
                && rejectedRows == 0
                && files == 0;
    }
}
