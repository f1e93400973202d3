package dev.sheaf.node.federation;

import dev.sheaf.node.links.LinkSettings;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Looks, while calls to a peer are open, whether the peer still lives: a call may be quiet for
/// long because a statement takes long. When there was no sign of life for as long as a link may be
/// silent, all open calls are lost. Has a thread while there are calls, and none otherwise.
final class PeerWatch implements AutoCloseable {
    /// One that was swallowed does not hold up the next.
    private static final int ASKING_MAX = 8;

    private final LinkSettings settings;
    private final BooleanSupplier pulse;
    private final Set<OpenCall> calls = ConcurrentHashMap.newKeySet();
    private final Semaphore asking = new Semaphore(ASKING_MAX);
    private volatile long heardNanos;
    private boolean isWatching;

    /// @param pulse asks for a sign of life and waits for it
    PeerWatch(LinkSettings settings, BooleanSupplier pulse) {
        this.settings = settings;
        this.pulse = pulse;
    }

    synchronized OpenCall begin(Supplier<OpenCall> made) {
        OpenCall call = made.get();
        if (calls.isEmpty()) {
            heardNanos = System.nanoTime();
        }
        calls.add(call);
        if (!isWatching) {
            isWatching = true;
            Thread.ofVirtual().name("peer-watch").start(this::watch);
        }
        return call;
    }

    /// Any answer is a sign of life.
    void heard() {
        heardNanos = System.nanoTime();
    }

    void end(OpenCall call) {
        calls.remove(call);
        call.close();
    }

    private void watch() {
        while (isNeeded()) {
            try {
                Thread.sleep(settings.pulseInterval());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            long silentNanos = System.nanoTime() - heardNanos;
            if (silentNanos > settings.silenceMax().toNanos()) {
                String why = "no sign of life in " + settings.silenceMax().toMillis() + " ms";
                List.copyOf(calls).forEach(call -> call.lose(why));
            } else if (silentNanos >= settings.pulseInterval().toNanos() && asking.tryAcquire()) {
                Thread.ofVirtual().name("peer-pulse").start(this::ask);
            }
        }
    }

    private synchronized boolean isNeeded() {
        isWatching = !calls.isEmpty();
        return isWatching;
    }

    private void ask() {
        try {
            if (pulse.getAsBoolean()) {
                heard();
            }
        } finally {
            asking.release();
        }
    }

    @Override
    public void close() {
        List.copyOf(calls).forEach(call -> call.lose("this node stops"));
    }
}
