package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Manifests of domains that are at home in another region, for its owners to decide on.
///
/// @param reason for them
public record ProposalRequest(List<ManifestFile> files, Optional<String> reason) {
    public ProposalRequest {
        files = List.copyOf(files);
    }
}
