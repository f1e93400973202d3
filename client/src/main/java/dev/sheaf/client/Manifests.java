package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// The files of a declared mesh, in any order.
///
/// @param expectedPlan digest of the plan that somebody looked at; applying something else is
///   refused
public record Manifests(List<ManifestFile> files, Optional<String> expectedPlan) {
    public Manifests {
        files = List.copyOf(files);
    }
}
