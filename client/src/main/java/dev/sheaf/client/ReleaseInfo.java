package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One release of a product.
///
/// @param snapshotId the Iceberg snapshot, a 64-bit number as text
/// @param rowsTotal rows that readers of this release see
public record ReleaseInfo(
        String product,
        long release,
        boolean current,
        String snapshotId,
        Instant committedAt,
        String run,
        String contractVersion,
        Optional<String> publishedBy,
        long rowsAdded,
        OptionalLong rowsTotal,
        long rowsQuarantined,
        OptionalDouble score) {}
