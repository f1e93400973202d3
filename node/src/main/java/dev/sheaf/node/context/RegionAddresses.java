package dev.sheaf.node.context;

import java.net.URI;
import java.util.Optional;

/// Where the nodes of other regions answer their callers.
@FunctionalInterface
public interface RegionAddresses {
    RegionAddresses NONE = region -> Optional.empty();

    /// @param region `cloud/location`
    /// @return the base address, as in `https://west.example.com`; empty when it is not known
    Optional<URI> of(String region);
}
