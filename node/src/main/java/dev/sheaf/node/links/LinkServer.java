package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Listens for the links that peers dial. Peers prove who they are (TLS 1.3); whoever is not of
/// this mesh, or not expected, does not get past the handshake.
public final class LinkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);
    private static final int HEADERS_BYTES_MAX = 8 << 10;
    private static final int CALLS_PER_CONNECTION_MAX = 64;

    /// For a sub-query with the keys that narrow it; frames of links bound themselves.
    private static final int MESSAGE_BYTES_MAX = 32 << 20;

    private static final long UNUSED_CONNECTION_SECONDS_MAX = 30;
    private static final long END_SECONDS_MAX = 3;

    private final Server server;
    private final IncomingLinks links;
    private final PeerGate gate;
    private final Future<?> checks;

    private LinkServer(Server server, IncomingLinks links, PeerGate gate, Future<?> checks) {
        this.server = server;
        this.links = links;
        this.gate = gate;
        this.checks = checks;
    }

    /// Listens when this returns.
    ///
    /// @param expected the regions that may dial
    /// @throws Problem UNAVAILABLE when the address cannot be listened on
    public static LinkServer start(
            LinkRoom room,
            InetSocketAddress address,
            Predicate<RegionName> expected,
            LinkHandler handler) {
        return start(room, address, expected, handler, List.of());
    }

    /// @param services for the same peers, on the same port
    public static LinkServer start(
            LinkRoom room,
            InetSocketAddress address,
            Predicate<RegionName> expected,
            LinkHandler handler,
            List<PeerService> services) {
        return start(room, address, expected, handler, services, (_, _) -> {});
    }

    /// @param found is told where peers that dial say that they listen, as `host:port`
    static LinkServer start(
            LinkRoom room,
            InetSocketAddress address,
            Predicate<RegionName> expected,
            LinkHandler handler,
            List<PeerService> services,
            BiConsumer<RegionName, String> found) {
        PeerCheck check =
                new PeerCheck(room.identity(), expected, "a member dialing", room.counters());
        IncomingLinks links = new IncomingLinks(room, check, handler, found);
        PeerGate gate = new PeerGate(check);
        long pulseNanos = room.settings().pulseInterval().toNanos();
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(address);
            FreshProof proof = new FreshProof(room.clock());
            services.forEach(service ->
                    builder.addService(
                            ServerInterceptors.intercept(
                                    service.definition(room.faults()), proof)));
            Server server =
                    builder.directExecutor()
                            .sslContext(LinkTls.server(room.identity(), check))
                            .addService(links.service())
                            .intercept(gate)
                            .flowControlWindow(LinkProtocol.FLOW_CONTROL_BYTES)
                            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                            .maxInboundMetadataSize(HEADERS_BYTES_MAX)
                            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
                            .maxConnectionIdle(UNUSED_CONNECTION_SECONDS_MAX, TimeUnit.SECONDS)
                            .handshakeTimeout(
                                    room.settings().silenceMax().toMillis(), TimeUnit.MILLISECONDS)
                            .keepAliveTime(pulseNanos, TimeUnit.NANOSECONDS)
                            .keepAliveTimeout(
                                    room.settings().silenceMax().toNanos(), TimeUnit.NANOSECONDS)
                            .build()
                            .start();
            LOG.info("listening for links on {}:{}", address.getHostString(), server.getPort());
            return new LinkServer(
                    server,
                    links,
                    gate,
                    room.timer()
                            .scheduleWithFixedDelay(
                                    links::checkAll, pulseNanos, pulseNanos, TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "cannot listen for links on "
                            + address.getHostString()
                            + ":"
                            + address.getPort()
                            + ": "
                            + e.getMessage()
                            + ". Choose another links.port",
                    e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /// Ends the link that this region dialed, and whatever else it has called.
    void drop(RegionName region, String reason) {
        links.close(region, reason);
        gate.end(region, reason);
    }

    /// Ends all links that peers dialed, and listens no more.
    @Override
    public void close() {
        checks.cancel(false);
        links.closeAll("this node stops");
        server.shutdownNow();
        try {
            if (!server.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("connections of links did not end in {} s", END_SECONDS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
