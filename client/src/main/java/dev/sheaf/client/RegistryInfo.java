package dev.sheaf.client;

import java.util.List;

/// How the catalog of all regions stands at a node.
///
/// @param region the node's own
/// @param regions the others
public record RegistryInfo(
        String region,
        List<RegistryRegion> regions,
        List<RegistryConflict> conflicts,
        List<RegistryFault> faults) {
    public RegistryInfo {
        regions = List.copyOf(regions);
        conflicts = List.copyOf(conflicts);
        faults = List.copyOf(faults);
    }
}
