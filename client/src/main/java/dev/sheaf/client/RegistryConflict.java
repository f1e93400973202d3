package dev.sheaf.client;

import java.util.List;

/// A domain that several regions claim.
///
/// @param home the one that counts: it declared the domain first
/// @param others the rest
public record RegistryConflict(String domain, String home, List<String> others) {
    public RegistryConflict {
        others = List.copyOf(others);
    }
}
