package dev.sheaf.node.replicas;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.query.federation.TransferPrices;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// What copies of all homes share.
///
/// @param here this region
/// @param store region that its default store lies in
/// @param root of that store, without a slash at its end
/// @param roots of all stores that the configuration names
/// @param releasesMax of a product that are kept
/// @param bytesPerSecondMax from one home; 0 for no limit
/// @param disk throws a Problem when so many more bytes have no room
/// @param deleted hears of files that are gone, so that what was cached of them can go
public record ReplicaRoom(
        PeerFiles peers,
        Lake lake,
        RegionName here,
        RegionName store,
        String root,
        List<String> roots,
        int releasesMax,
        long bytesPerSecondMax,
        TransferPrices prices,
        LongConsumer disk,
        Consumer<Collection<String>> deleted,
        Counters counters,
        AtomicBoolean stopped,
        Tracer tracer,
        Clock clock) {
    public ReplicaRoom {
        roots = List.copyOf(roots);
    }

    /// Counted since the node started.
    public static final class Counters {
        final LongAdder bytes = new LongAdder();
        final LongAdder failures = new LongAdder();
    }

    CopyPull.Border border() {
        Pace pace = new Pace(bytesPerSecondMax, stopped::get);
        return new CopyPull.Border(
                disk,
                bytes -> {
                    counters.bytes.add(bytes);
                    pace.passed(bytes);
                },
                stopped::get);
    }
}
