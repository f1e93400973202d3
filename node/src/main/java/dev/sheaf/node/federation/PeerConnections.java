package dev.sheaf.node.federation;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.links.PeerChannel;

import io.grpc.ManagedChannel;

import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to one peer, made when it is needed. One that failed is dropped rather than left
/// to try again after a pause: the next call tries at once and hears at once. For any thread.
final class PeerConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerConnections.class);

    private final PeerChannel way;
    private final BufferAllocator memory;
    private @Nullable Connection current;
    private boolean closed;

    PeerConnections(PeerChannel way, BufferAllocator memory) {
        this.way = way;
        this.memory = memory;
    }

    /// @param isFresh whether no earlier call has used it
    record Connection(ManagedChannel channel, FlightClient client, boolean isFresh) {}

    synchronized Connection current() {
        Connection held = current;
        if (held != null) {
            return held;
        }
        if (closed) {
            throw new Problem(ProblemCode.UNAVAILABLE, "this node stops");
        }
        ManagedChannel channel = way.open();
        Connection made =
                new Connection(
                        channel,
                        FlightGrpcUtils.createFlightClientWithSharedChannel(memory, channel),
                        true);
        current = new Connection(channel, made.client(), false);
        return made;
    }

    synchronized void drop(Connection failed) {
        Connection held = current;
        if (held != null && held.channel().equals(failed.channel())) {
            current = null;
            end(held);
        }
    }

    /// Calls that still run over it end first.
    private static void end(Connection connection) {
        connection.channel().shutdown();
        try {
            connection.client().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a connection did not close cleanly", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Connection held = current;
        current = null;
        if (held != null) {
            held.channel().shutdownNow();
            end(held);
        }
    }
}
