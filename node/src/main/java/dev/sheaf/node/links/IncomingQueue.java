package dev.sheaf.node.links;

import dev.sheaf.node.links.FrameAssembly.BrokenStream;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Received frames until they are delivered, and the demand for more. Nothing is demanded while the
/// link is paused or cut, or while too much is held. Thread-safe.
final class IncomingQueue {
    private record Held(byte[] frame, long dueNanos) {}

    private final LinkStream link;
    private final Wire wire;
    private final LinkRoom room;
    private final FrameAssembly assembly = new FrameAssembly();
    private final ArrayDeque<Held> frames = new ArrayDeque<>();
    private long bytes;
    private long lastDueNanos = System.nanoTime();
    private boolean timed;
    private boolean demanded;
    private boolean paused;
    private boolean closed;

    IncomingQueue(LinkStream link, Wire wire, LinkRoom room) {
        this.link = link;
        this.wire = wire;
        this.room = room;
    }

    synchronized void add(Part part) throws BrokenStream {
        demanded = false;
        if (closed) {
            return;
        }
        Optional<byte[]> frame = assembly.add(part);
        if (frame.isEmpty()) {
            return;
        }
        LinkFaults.Fault fault = room.faults().of(link.peer()).in();
        if (fault.delays()) {
            lastDueNanos =
                    Math.max(
                            lastDueNanos,
                            System.nanoTime() + fault.drawNanos(room.faults().random()));
        }
        frames.add(new Held(frame.get(), lastDueNanos));
        bytes += frame.get().length;
    }

    /// The frame to deliver now; null when there is none. One thread at a time asks.
    synchronized byte @Nullable [] next() {
        Held next = frames.peek();
        LinkFaults.Fault fault = room.faults().of(link.peer()).in();
        if (next == null || paused || closed || fault.cut()) {
            return null;
        }
        long early = next.dueNanos() - System.nanoTime();
        if (fault.delays() && early > 0) {
            if (!timed) {
                timed = true;
                room.timer().schedule(this::deliverInTime, early, TimeUnit.NANOSECONDS);
            }
            return null;
        }
        frames.remove();
        bytes -= next.frame().length;
        return next.frame();
    }

    private void deliverInTime() {
        synchronized (this) {
            timed = false;
        }
        link.deliver();
    }

    /// Lets the next message come unless there is a reason not to.
    void demand() {
        synchronized (this) {
            if (demanded
                    || paused
                    || closed
                    || bytes >= room.settings().heldMax().bytes()
                    || room.faults().of(link.peer()).in().cut()) {
                return;
            }
            demanded = true;
        }
        wire.request();
    }

    synchronized void pause(boolean pause) {
        paused = pause;
    }

    synchronized void close() {
        closed = true;
        frames.clear();
        bytes = 0;
    }
}
