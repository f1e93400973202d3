package dev.sheaf.rego.bundle;

import dev.sheaf.rego.syntax.RegoVersion;

import java.util.Optional;

/// How a bundle is read.
///
/// @param limits how large it may be
/// @param verification who must have signed it; signatures are not looked at when it is empty
/// @param version the dialect of policies of which the manifest says nothing
public record ReadOptions(
        ArchiveLimits limits, Optional<Verification> verification, RegoVersion version) {
    /// Usual limits, no verification, v1.
    public static final ReadOptions DEFAULT =
            new ReadOptions(ArchiveLimits.DEFAULT, Optional.empty(), RegoVersion.V1);

    public ReadOptions withLimits(ArchiveLimits other) {
        return new ReadOptions(other, verification, version);
    }

    public ReadOptions withVerification(Verification required) {
        return new ReadOptions(limits, Optional.of(required), version);
    }

    public ReadOptions withVersion(RegoVersion other) {
        return new ReadOptions(limits, verification, other);
    }
}
