package dev.sheaf.node.pki;

import java.time.Instant;
import java.util.Optional;

/// Which regions' authorities count no more. For any thread.
@FunctionalInterface
public interface Revocations {
    Revocations NONE = _ -> Optional.empty();

    /// @param authority the [fingerprint][Fingerprints] of an authority's key
    /// @return since when nothing that it issues counts; empty when it does
    Optional<Instant> since(String authority);
}
