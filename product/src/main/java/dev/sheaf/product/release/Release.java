package dev.sheaf.product.release;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// One release of a product.
///
/// @param number from 1; later ones are higher, whatever was rolled back in between
/// @param parent the release it was built on, empty for the first; after a rollback not `number -
///   1`
/// @param publishedAt when its snapshot was committed
/// @param contractVersion the version of the contract it keeps
/// @param runId the run that made it; of one that no publish made, the removal that did
/// @param publishedBy empty when the ledger knows nothing of the run
/// @param rows in the release as a whole, empty when the snapshot does not say
/// @param rowsAdded by its run
/// @param rowsQuarantined by its run
/// @param score the quality score its run reached
public record Release(
        long number,
        long snapshotId,
        OptionalLong parent,
        Instant publishedAt,
        String contractVersion,
        String runId,
        Optional<String> publishedBy,
        OptionalLong rows,
        OptionalLong rowsAdded,
        OptionalLong rowsQuarantined,
        Optional<Double> score,
        Standing standing,
        Kind kind) {

    /// How a release came to be.
    public enum Kind {
        PUBLISHED,
        /// From the one before, without a person's rows.
        ERASED,
        /// From the one before, without rows that were too old.
        EXPIRED
    }

    /// How a release stands to the current one.
    public enum Standing {
        /// What readers see.
        CURRENT,
        /// What the current release was built on, directly or not.
        EARLIER,
        /// Left behind by a rollback; still readable by its number.
        ROLLED_BACK
    }
}
