package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.FrameAssembly.BrokenStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A link over one stream, whichever side dialed. Threads of the transport, the timer and the owner
/// meet here: calls to the handler are made by whoever comes first, one at a time.
final class LinkStream implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(LinkStream.class);

    private final RegionName peer;
    private final boolean outgoing;
    private final LinkRoom room;
    private final LinkHandler handler;
    private final OutgoingQueue out;
    private final IncomingQueue in;
    private final Runnable onFaults = this::faultsChanged;
    private final Runnable onDown;

    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicBoolean writable = new AtomicBoolean();
    private final AtomicReference<@Nullable String> end = new AtomicReference<>();
    private boolean up;
    private boolean down;

    private final AtomicLong framesIn = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong framesOut = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private volatile long roundTripNanos = -1;
    private volatile long heardNanos = System.nanoTime();
    private volatile Instant certifiedUntil;

    /// @param certifiedUntil the end of the peer's certificate, which is the link's too
    /// @param onDown called once, after the handler was told
    LinkStream(
            RegionName peer,
            boolean outgoing,
            Wire wire,
            LinkRoom room,
            LinkHandler handler,
            Instant certifiedUntil,
            Runnable onDown) {
        this.peer = peer;
        this.outgoing = outgoing;
        this.room = room;
        this.handler = handler;
        this.certifiedUntil = certifiedUntil;
        this.onDown = onDown;
        this.out = new OutgoingQueue(this, wire, room);
        this.in = new IncomingQueue(this, wire, room);
    }

    /// Once, when both sides agreed.
    void open() {
        heard();
        deliver();
        faultsChanged();
    }

    @Override
    public RegionName peer() {
        return peer;
    }

    @Override
    public boolean outgoing() {
        return outgoing;
    }

    @Override
    public boolean send(byte[] frame) {
        if (frame.length > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.length + " bytes; at most " + FRAME_BYTES_MAX);
        }
        boolean taken = out.offer(frame);
        if (taken) {
            out.drain();
        }
        return taken;
    }

    @Override
    public long queuedBytes() {
        return out.bytes();
    }

    @Override
    public void pause() {
        in.pause(true);
    }

    @Override
    public void resume() {
        in.pause(false);
        deliver();
    }

    @Override
    public void close(String reason) {
        if (end.compareAndSet(null, reason)) {
            out.close(reason);
            in.close();
            deliver();
        }
    }

    @Override
    public LinkStatistics statistics() {
        long measured = roundTripNanos;
        return new LinkStatistics(
                framesIn.get(),
                bytesIn.get(),
                framesOut.get(),
                bytesOut.get(),
                measured < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(measured)));
    }

    void received(Part part) {
        try {
            in.add(part);
        } catch (BrokenStream e) {
            room.counters().brokenStreams.increment();
            LOG.warn("the link with {} is broken: {}", peer, e.getMessage());
            close("the peer broke the stream: " + e.getMessage());
            return;
        }
        if (!room.faults().of(peer).in().cut()) {
            heard();
        }
        deliver();
    }

    void transportReady() {
        out.drain();
    }

    void sent(Part part, boolean complete) {
        bytesOut.addAndGet(part.length());
        room.counters().bytesOut.add(part.length());
        if (complete) {
            framesOut.incrementAndGet();
            room.counters().framesOut.increment();
        }
    }

    void writable() {
        writable.set(true);
        deliver();
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    void roundTrip(long nanos) {
        roundTripNanos = nanos;
    }

    long roundTripNanos() {
        return roundTripNanos;
    }

    Instant certifiedUntil() {
        return certifiedUntil;
    }

    /// The peer has shown a certificate that ends later.
    void certifiedUntil(Instant end) {
        if (end.isAfter(certifiedUntil)) {
            LOG.debug("{} has shown a certificate that counts until {}", peer, end);
            certifiedUntil = end;
        }
    }

    /// Gives the link up when its peer has been silent too long or its certificate has ended.
    /// Called about once in a pulse's interval.
    void check() {
        if (room.clock().instant().isAfter(certifiedUntil)) {
            close("the peer's certificate ended at " + certifiedUntil);
        }
        long silent = System.nanoTime() - heardNanos;
        if (silent > room.settings().silenceMax().toNanos() && end.get() == null) {
            room.counters().silences.increment();
            close("nothing was heard for " + silent / 1_000_000 + " ms");
        }
    }

    private void faultsChanged() {
        if (room.faults().of(peer).closed()) {
            close("closed by an injected fault");
        }
        out.drain();
        deliver();
    }

    /// Tells the handler what there is to tell. Threads that come while another is at it only leave
    /// word that there is more.
    void deliver() {
        if (deliveries.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            try {
                tell();
            } catch (RuntimeException e) {
                LOG.error("the handler of the link with {} failed; the link is closed", peer, e);
                close("the handler failed: " + e);
            }
            in.demand();
            seen = deliveries.addAndGet(-seen);
        }
    }

    private void tell() {
        if (!up) {
            up = true;
            room.faults().listen(onFaults);
            room.counters().ups.increment();
            LOG.info("the link {} {} is up", outgoing ? "to" : "from", peer);
            handler.up(this);
        }
        while (end.get() == null) {
            if (writable.compareAndSet(true, false)) {
                handler.writable(this);
            }
            byte[] frame = in.next();
            if (frame == null) {
                break;
            }
            framesIn.incrementAndGet();
            bytesIn.addAndGet(frame.length);
            room.counters().framesIn.increment();
            room.counters().bytesIn.add(frame.length);
            handler.frame(this, frame);
        }
        String reason = end.get();
        if (reason != null && !down) {
            down = true;
            room.faults().forget(onFaults);
            room.counters().downs.increment();
            LOG.info("the link {} {} is down: {}", outgoing ? "to" : "from", peer, reason);
            try {
                handler.down(this, reason);
            } finally {
                onDown.run();
            }
        }
    }
}
