package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.KeptChannels;
import dev.sheaf.node.links.PeerChannel;

import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Passes orders on to the home of their subject, over a connection of its own to each region, made
/// at the first order. For any thread.
final class SchemaPeers implements SchemaApi.Homes, AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final Function<RegionName, Optional<PeerChannel>> ways;
    private final KeptChannels channels = new KeptChannels();

    /// @param ways how a region is reached; empty for one that this node has no way to
    SchemaPeers(Function<RegionName, Optional<PeerChannel>> ways) {
        this.ways = ways;
    }

    @Override
    public SchemaAnswer ask(RegionName home, SchemaOrder order, String token) {
        String subject = order.step(order.path().size() > 1 ? 1 : 0);
        PeerChannel way =
                ways.apply(home)
                        .orElseThrow(() -> notReached(subject, home, "there is no way to it"));
        if (way.faults().of(home).cut()) {
            throw notReached(subject, home, "the link is cut");
        }
        try {
            byte[] answer =
                    ClientCalls.blockingUnaryCall(
                            channels.to(way),
                            SchemaWire.METHOD,
                            CallOptions.DEFAULT.withDeadlineAfter(
                                    ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS),
                            SchemaWire.question(order, token));
            return SchemaWire.answer(home, answer);
        } catch (StatusRuntimeException e) {
            throw notReached(subject, home, e.getStatus().getCode().toString());
        }
    }

    private static Problem notReached(String subject, RegionName home, String why) {
        return SchemaChanges.notHere(subject, home.toString(), why);
    }

    @Override
    public void close() {
        channels.close();
    }
}
