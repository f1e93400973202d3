package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A product that was found.
///
/// @param name `domain.name`
/// @param contractVersion of the contract that is in force
/// @param knownAsOf of a product of another region: all that its home did before then is told;
///   absent when its home was never heard of, and for what is at home here
/// @param ageSeconds how long ago that is, rounded up
public record SearchHit(
        String name,
        String homeRegion,
        Optional<String> title,
        Optional<String> description,
        String owner,
        String status,
        String contractVersion,
        List<SearchMatch> matches,
        Optional<Instant> knownAsOf,
        OptionalLong ageSeconds) {
    public SearchHit {
        matches = List.copyOf(matches);
    }
}
