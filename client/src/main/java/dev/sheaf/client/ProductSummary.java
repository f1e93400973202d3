package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A data product in a list.
///
/// @param name `domain.name`
/// @param knownAsOf of a product of another region: all that its home did before then is told;
///   absent when its home was never heard of, and for what is at home here
/// @param ageSeconds how long ago that is, rounded up
public record ProductSummary(
        String name,
        String homeRegion,
        String owner,
        Optional<String> version,
        String status,
        Optional<String> description,
        String contractId,
        String contractVersion,
        OptionalLong currentRelease,
        Optional<Instant> currentReleaseAt,
        Optional<Instant> knownAsOf,
        OptionalLong ageSeconds) {}
