package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;

import io.grpc.ManagedChannel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A connection to each peer, made when it is first asked for, and anew when the region has moved.
/// For any thread.
public final class KeptChannels implements AutoCloseable {
    private final Map<RegionName, Kept> channels = new ConcurrentHashMap<>();

    private record Kept(PeerChannel way, ManagedChannel channel) {}

    public ManagedChannel to(PeerChannel way) {
        return channels.compute(
                        way.peer(),
                        (_, known) -> {
                            if (known != null && known.way() == way) {
                                return known;
                            }
                            if (known != null) {
                                known.channel().shutdownNow(); // the region has moved
                            }
                            return new Kept(way, way.open());
                        })
                .channel();
    }

    /// Calls that are open fail.
    @Override
    public void close() {
        channels.values().forEach(each -> each.channel().shutdownNow());
    }
}
