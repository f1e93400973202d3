package dev.sheaf.context.document;

import dev.sheaf.context.VersionVector;

/// What all members are known to know.
///
/// @param stable each event still to come was made by a member that had applied all of this
/// @param agreed each event still to come was made by a member that had stripped by a stable cut
///   which covers this one
record Cuts(VersionVector stable, VersionVector agreed) {
    boolean covers(long dot) {
        return stable.covers(dot);
    }
}
