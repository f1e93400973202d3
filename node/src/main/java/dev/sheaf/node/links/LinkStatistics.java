package dev.sheaf.node.links;

import java.time.Duration;
import java.util.Optional;

/// What one link has carried so far.
///
/// @param framesIn delivered to the handler
/// @param framesOut given to the transport
/// @param roundTrip of the latest answered pulse; empty until there was one
public record LinkStatistics(
        long framesIn, long bytesIn, long framesOut, long bytesOut, Optional<Duration> roundTrip) {}
