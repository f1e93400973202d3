package dev.sheaf.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What an erasure did, or a dry run would do, in one product or context type.
///
/// @param kind `product`, `context`, or `replica` for a copy in another region, whose name is
///   `product@region`
/// @param problem why it failed; the counts are then what is known
/// @param rows of the current release, or documents
/// @param release the release that readers see now, if a new one was made
/// @param releasesGone that cannot be read any more
/// @param rejectedRows rows of quarantine
/// @param files deleted
/// @param bytes of them
/// @param digest SHA-256 of the manifest list of the snapshot that is current now
/// @param resumed earlier removals that were brought to their end first
public record ErasedStore(
        String kind,
        String name,
        Optional<String> problem,
        long rows,
        OptionalLong release,
        List<Long> releasesGone,
        long rejectedRows,
        long files,
        long bytes,
        Optional<String> digest,
        List<String> resumed) {
    public ErasedStore {
        releasesGone = List.copyOf(releasesGone);
        resumed = List.copyOf(resumed);
    }
}
