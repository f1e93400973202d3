package dev.sheaf.registry;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest.DomainManifest;

import java.util.List;

/// A domain as it is known.
///
/// @param home the region that has it
/// @param others regions that claim it too, in order; their products do not count
public record CatalogDomain(RegionName home, DomainManifest domain, List<RegionName> others) {
    public CatalogDomain {
        others = List.copyOf(others);
    }
}
