package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Newest first.
///
/// @param home the region that the product is at home in
/// @param knownAsOf of a product of another region: all that its home did before then is told;
///   absent when its home was never heard of, and for what is at home here
/// @param ageSeconds how long ago that is, rounded up
public record ReleaseList(
        List<ReleaseInfo> releases,
        String home,
        Optional<Instant> knownAsOf,
        OptionalLong ageSeconds) {
    public ReleaseList {
        releases = List.copyOf(releases);
    }
}
