package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A data product in a list.
///
/// @param name `domain.name`
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
        Optional<Instant> currentReleaseAt) {}
