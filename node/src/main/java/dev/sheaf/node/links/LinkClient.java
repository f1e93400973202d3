package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Keeps a link to one peer: dials, and dials anew when the link goes down, after a pause that
/// grows from [#PAUSE_MIN] to [#PAUSE_MAX] with attempts that fail and is drawn between half and
/// all of it, so that not everybody comes at the same time.
public final class LinkClient implements AutoCloseable {
    public static final Duration PAUSE_MIN = Duration.ofMillis(50);
    public static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LinkClient.class);

    private final LinkRoom room;
    private final RegionName peer;
    private final String host;
    private final int port;
    private final LinkHandler handler;
    private final PeerCheck check;
    private @Nullable Dial dial;
    private long dialedNanos;
    private long pauseNanos = PAUSE_MIN.toNanos();
    private String lastFailure = "";
    private boolean closed;

    private LinkClient(LinkRoom room, RegionName peer, String host, int port, LinkHandler handler) {
        this.room = room;
        this.peer = peer;
        this.host = host;
        this.port = port;
        this.handler = handler;
        this.check =
                new PeerCheck(
                        room.identity(),
                        peer::equals,
                        peer + " at " + host + ":" + port,
                        room.counters());
    }

    /// Dials from now on, until it is closed; does not wait for the first link.
    ///
    /// @param peer what the certificate of whoever answers must say
    public static LinkClient dial(
            LinkRoom room, RegionName peer, String host, int port, LinkHandler handler) {
        LinkClient client = new LinkClient(room, peer, host, port, handler);
        room.timer().execute(client::attempt);
        return client;
    }

    private synchronized void attempt() {
        if (closed) {
            return;
        }
        dialedNanos = System.nanoTime();
        if (room.faults().of(peer).cut()) {
            ended(false, "cut by an injected fault");
            return;
        }
        try {
            long number = room.faults().random().nextLong();
            Dial attempt = new Dial(peer, room, handler, this::channel, number, this::ended);
            dial = attempt;
            attempt.start();
        } catch (RuntimeException e) {
            LOG.error("dialing {} failed", peer, e);
            ended(false, "dialing failed: " + e);
        }
    }

    /// With a TLS context of its own: one that is shared resumes sessions, and in those both sides
    /// would go on with the certificates of the first.
    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress(host, port)
                .directExecutor()
                .sslContext(LinkTls.client(room.identity(), check))
                .proxyDetector(_ -> null)
                .disableRetry()
                .flowControlWindow(LinkProtocol.FLOW_CONTROL_BYTES)
                .maxInboundMessageSize(LinkProtocol.MESSAGE_BYTES_MAX)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(room.settings().silenceMax().toMillis()))
                .build();
    }

    private synchronized void ended(boolean linked, String reason) {
        dial = null;
        if (!linked) {
            room.counters().attemptsFailed.increment();
            if (!closed && !reason.equals(lastFailure)) {
                LOG.info("cannot reach {} at {}:{}: {}", peer, host, port, reason);
            }
        }
        lastFailure = linked ? "" : reason;
        if (closed) {
            return;
        }
        boolean lasted = linked && System.nanoTime() - dialedNanos > PAUSE_MAX.toNanos();
        pauseNanos = lasted ? PAUSE_MIN.toNanos() : pauseNanos;
        long drawn = pauseNanos / 2 + room.faults().random().nextLong(pauseNanos / 2);
        pauseNanos = Math.min(2 * pauseNanos, PAUSE_MAX.toNanos());
        room.timer().schedule(this::attempt, drawn, TimeUnit.NANOSECONDS);
    }

    synchronized Optional<Instant> certifiedUntil() {
        return dial == null ? Optional.empty() : dial.certifiedUntil();
    }

    /// Ends the link and dials no more.
    @Override
    public void close() {
        close("this node stops");
    }

    /// As the other one, with the reason that the handler is told.
    void close(String reason) {
        Dial last;
        synchronized (this) {
            closed = true;
            last = dial;
        }
        if (last != null) {
            last.close(reason);
        }
    }
}
