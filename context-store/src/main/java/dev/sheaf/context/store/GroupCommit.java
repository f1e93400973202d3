package dev.sheaf.context.store;

import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Syncs a log for many writers at once: one thread that syncs what was appended, calls back all
/// whose records are durable now, and begins again while somebody waits. The longer a sync takes,
/// the more share the next.
///
/// Callbacks run on that thread, in the order in which they were registered as far as their records
/// became durable together; they have to be short and must not throw. Any thread may register, as
/// long as nobody closes it; it is closed before its log.
public final class GroupCommit implements AutoCloseable {
    private record Waiter(long position, Runnable synced, Consumer<Problem> failed) {}

    private final EventLog log;
    private final Queue<Waiter> arrivals = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean closing;

    /// Starts the thread.
    public GroupCommit(EventLog log, ThreadFactory threads) {
        this.log = log;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /// Calls back once, when the log is synced up to this position or will never be.
    ///
    /// @param position what an append returned
    /// @param synced the record is durable
    /// @param failed the log failed first; whether the record survives is unknown
    public void whenSynced(long position, Runnable synced, Consumer<Problem> failed) {
        if (closing) {
            throw new IllegalStateException("the group commit is closed");
        }
        arrivals.add(new Waiter(position, synced, failed));
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        ArrayDeque<Waiter> waiting = new ArrayDeque<>();
        while (true) {
            boolean last = closing;
            takeArrivals(waiting);
            if (!waiting.isEmpty()) {
                commit(waiting);
            } else if (last) {
                return;
            } else {
                sleep();
            }
        }
    }

    private void takeArrivals(ArrayDeque<Waiter> waiting) {
        for (Waiter next = arrivals.poll(); next != null; next = arrivals.poll()) {
            waiting.add(next);
        }
    }

    private void sleep() {
        idle = true;
        if (arrivals.isEmpty() && !closing) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void commit(ArrayDeque<Waiter> waiting) {
        long synced;
        @Nullable Problem failure = null;
        try {
            synced = log.sync();
        } catch (Problem e) {
            failure = e;
            synced = log.syncedPosition();
        }
        takeArrivals(waiting);
        for (int left = waiting.size(); left > 0; left--) {
            Waiter waiter = waiting.remove();
            if (waiter.position <= synced) {
                waiter.synced.run();
            } else if (failure != null) {
                waiter.failed.accept(failure);
            } else {
                waiting.add(waiter);
            }
        }
    }

    /// Syncs for those who wait, and ends the thread. The log stays open.
    ///
    /// @throws InterruptedException when the caller is interrupted while the last ones are synced
    @Override
    public void close() throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
