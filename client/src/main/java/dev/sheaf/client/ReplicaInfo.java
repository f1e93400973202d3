package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A product of another region whose files lie here, or are read where they lie.
///
/// @param home its region
/// @param state `held`, `coming`, `leaving`, `waiting` (an attempt failed), `refused` (its home
///   does not let it go) or `direct` (read where it lies)
/// @param held newest release that is here, whole
/// @param newest release that the home has told of
/// @param rows of the release that is here, or comes
/// @param bytes of it
/// @param behind releases that are to come; 0 when what is here is the newest that is known
/// @param heardAt when the home was last heard; empty when it was not since the node started
/// @param cost of bringing the newest release once more, by the price book
/// @param problem why it is as it is
public record ReplicaInfo(
        String product,
        String home,
        String state,
        OptionalLong held,
        OptionalLong newest,
        long rows,
        long bytes,
        long behind,
        Optional<Instant> heardAt,
        Optional<String> cost,
        Optional<String> problem) {}
