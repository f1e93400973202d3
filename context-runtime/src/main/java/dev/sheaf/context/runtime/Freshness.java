package dev.sheaf.context.runtime;

import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.Map;

/// How old a node's knowledge can be at most: everything that a region wrote longer ago than this
/// is here. Never less than the truth.
///
/// @param staleness the greatest of `byRegion`; zero when no other region writes here
/// @param byRegion the other members of the document's scope; a region that was never heard of has
///   `Duration.ofSeconds(Long.MAX_VALUE)`
public record Freshness(Duration staleness, Map<RegionName, Duration> byRegion) {
    public Freshness {
        byRegion = Map.copyOf(byRegion);
    }
}
