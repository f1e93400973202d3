package dev.sheaf.node.links;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// Frames that wait for the transport, bounded by bytes. Thread-safe: any thread offers, and one at
/// a time drains.
final class OutgoingQueue {
    private static final class Waiting {
        private final byte[] frame;
        private final long dueNanos;
        private int parts;

        Waiting(byte[] frame, long dueNanos) {
            this.frame = frame;
            this.dueNanos = dueNanos;
        }
    }

    private final LinkStream link;
    private final Wire wire;
    private final LinkRoom room;
    private final ArrayDeque<Waiting> frames = new ArrayDeque<>();
    private long bytes;
    private long lastDueNanos = System.nanoTime();
    private boolean refused;
    private boolean timed;
    private boolean draining;
    private @Nullable String closed;

    OutgoingQueue(LinkStream link, Wire wire, LinkRoom room) {
        this.link = link;
        this.wire = wire;
        this.room = room;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized boolean offer(byte[] frame) {
        if (closed != null) {
            return false;
        }
        if (bytes > 0 && bytes + frame.length > room.settings().outgoingMax().bytes()) {
            refused = true;
            return false;
        }
        LinkFaults.Fault fault = room.faults().of(link.peer()).out();
        if (fault.delays()) {
            lastDueNanos =
                    Math.max(
                            lastDueNanos,
                            System.nanoTime() + fault.drawNanos(room.faults().random()));
        }
        frames.add(new Waiting(frame, lastDueNanos));
        bytes += frame.length;
        return true;
    }

    /// Gives the transport what it takes now. Whoever finds another thread at it leaves the work to
    /// that one.
    void drain() {
        boolean again = true;
        while (again) {
            Waiting next = begin();
            if (next == null) {
                return;
            }
            Part part = Part.of(next.frame, next.parts);
            wire.send(part);
            again = end(next, part);
        }
    }

    private synchronized @Nullable Waiting begin() {
        Waiting next = frames.peek();
        if (draining || closed != null || next == null || !wire.ready()) {
            return null;
        }
        LinkFaults.Fault fault = room.faults().of(link.peer()).out();
        long early = next.dueNanos - System.nanoTime();
        if (fault.cut()) {
            return null;
        } else if (fault.delays() && early > 0) {
            if (!timed) {
                timed = true;
                room.timer().schedule(this::drainInTime, early, TimeUnit.NANOSECONDS);
            }
            return null;
        }
        draining = true;
        return next;
    }

    private void drainInTime() {
        synchronized (this) {
            timed = false;
        }
        drain();
    }

    /// @return false when the link was closed meanwhile; then the stream is ended here
    private boolean end(Waiting sent, Part part) {
        boolean hasRoom = false;
        String reason;
        synchronized (this) {
            draining = closed != null;
            reason = closed;
            sent.parts++;
            bytes -= reason == null ? part.length() : 0;
            if (reason == null && sent.parts == part.count()) {
                frames.remove();
            }
            if (refused && bytes <= room.settings().outgoingMax().bytes() / 2) {
                refused = false;
                hasRoom = true;
            }
        }
        if (reason != null) {
            wire.close(reason);
            return false;
        }
        link.sent(part, sent.parts == part.count());
        if (hasRoom) {
            link.writable();
        }
        return true;
    }

    /// Ends the stream, after the part that is being given to the transport just now: streams are
    /// not made for several threads.
    void close(String reason) {
        synchronized (this) {
            if (closed != null) {
                return;
            }
            closed = reason;
            frames.clear();
            bytes = 0;
            if (draining) {
                return;
            }
        }
        wire.close(reason);
    }
}
