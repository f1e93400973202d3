package dev.sheaf.context.sync;

import dev.sheaf.kernel.RegionName;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The other regions, in the order in which they were first met.
final class Peers {
    private final Map<RegionName, Peer> peers = new LinkedHashMap<>();

    Peer of(RegionName region) {
        return peers.computeIfAbsent(region, Peer::new);
    }

    Collection<Peer> all() {
        return peers.values();
    }
}
