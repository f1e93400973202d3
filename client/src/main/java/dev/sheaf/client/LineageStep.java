package dev.sheaf.client;

import java.util.Optional;

/// A place on a path through lineage.
///
/// @param via by which it is reached from the place before; absent for the first
/// @param how as in `DIRECT/IDENTITY`, when it is known
public record LineageStep(
        LineagePlace place, Optional<LineageOwnerName> via, Optional<String> how) {}
