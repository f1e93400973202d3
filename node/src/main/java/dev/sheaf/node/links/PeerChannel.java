package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;

import java.util.concurrent.TimeUnit;

/// How calls of other services than links reach one peer: a connection of their own to the port of
/// its links, with the same proof of who is who on both sides. For any thread.
public final class PeerChannel {
    /// The largest message either way: a batch of rows, or a statement.
    public static final int MESSAGE_BYTES_MAX = 256 << 20;

    private static final long UNUSED_SECONDS_MAX = 30;

    private final LinkRoom room;
    private final RegionName peer;
    private final String host;
    private final int port;
    private final SslContext tls;

    PeerChannel(LinkRoom room, RegionName peer, String host, int port) {
        this.room = room;
        this.peer = peer;
        this.host = host;
        this.port = port;
        this.tls =
                LinkTls.client(
                        room.identity(),
                        new PeerCheck(
                                room.identity(),
                                peer::equals,
                                peer + " at " + host + ":" + port,
                                room.counters()));
    }

    public RegionName peer() {
        return peer;
    }

    /// Calls obey them too.
    public LinkFaults faults() {
        return room.faults();
    }

    public LinkSettings settings() {
        return room.settings();
    }

    /// A new channel, which connects at its first call. The caller shuts it down.
    public ManagedChannel open() {
        return NettyChannelBuilder.forAddress(host, port)
                .sslContext(tls)
                .proxyDetector(_ -> null)
                .disableRetry()
                .flowControlWindow(LinkProtocol.FLOW_CONTROL_BYTES)
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .idleTimeout(UNUSED_SECONDS_MAX, TimeUnit.SECONDS)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(room.settings().silenceMax().toMillis()))
                .build();
    }
}
