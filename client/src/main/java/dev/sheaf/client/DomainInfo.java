package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// An owner of data products.
///
/// @param products how many of them the caller may read
/// @param knownAsOf of a domain of another region: all that its home did before then is told;
///   absent when its home was never heard of, and for what is at home here
/// @param ageSeconds how long ago that is, rounded up
/// @param claimedBy other regions that claim the domain too; what they say of it does not count
public record DomainInfo(
        String name,
        String homeRegion,
        String owner,
        Optional<String> description,
        int products,
        Optional<Instant> knownAsOf,
        OptionalLong ageSeconds,
        List<String> claimedBy) {
    public DomainInfo {
        claimedBy = List.copyOf(claimedBy);
    }
}
