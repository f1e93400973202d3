package dev.sheaf.context.runtime;

import dev.sheaf.context.store.DocumentCache;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The one thread that owns some groups and their documents. Takes inputs in turns: what came
/// together is logged together, and synced together.
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int TURN_INPUTS_MAX = 512;
    private static final long TURN_NANOS_MAX = 1_000_000;
    private static final long TICK_NANOS = 5_000_000;
    private static final long SPIN_CHECKS = 64;

    /// EX_SOFTWARE of sysexits.h.
    private static final int EXIT_CODE = 70;

    private final int number;
    private final EngineParts parts;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> urgent = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> inputs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Group> groups = new CopyOnWriteArrayList<>();
    private final List<Group> busy = new ArrayList<>();
    private final DocumentCache<DocumentKey, DocumentEntry> cache;
    private final FailureLog failures;
    private final WriteBehind writeBehind;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean stopping;
    private long turn;

    Worker(int number, EngineParts parts) {
        this.number = number;
        this.parts = parts;
        this.nanoTime = parts.nanoTime();
        this.cache =
                new DocumentCache<>(
                        parts.config().cacheBytes().bytes() / parts.config().workers(),
                        (key, entry) -> entry.weightBytes(),
                        (key, entry) -> entry.group.documents().evicted(key, entry));
        this.failures = new FailureLog(nanoTime, LOG::error);
        this.writeBehind = new WriteBehind(this, parts);
        this.thread =
                Thread.ofPlatform()
                        .name("context-" + number)
                        .uncaughtExceptionHandler((thread, error) -> endProcess(error))
                        .unstarted(this::run);
    }

    /// What is neither an input's fault nor the disk's: documents may be half changed, and nobody
    /// would answer any more. The next start takes them from the state store and the log.
    private static void endProcess(Throwable error) {
        LOG.error("a worker of the context engine has failed; the process ends", error);
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    int number() {
        return number;
    }

    /// Any thread may call this.
    void own(Group group) {
        groups.add(group);
    }

    List<Group> groups() {
        return groups;
    }

    FailureLog failures() {
        return failures;
    }

    DocumentCache<DocumentKey, DocumentEntry> cache() {
        return cache;
    }

    void start() {
        thread.start();
    }

    /// An input of the node itself: a peer's message, or what became of something. Always taken,
    /// and before inputs from outside, so that a flood of writes does not keep peers waiting.
    void submit(Runnable input) {
        urgent.add(input);
        wake();
    }

    /// An input from outside.
    ///
    /// @throws Problem BUSY when too many wait
    void offer(Runnable input) {
        if (waiting.get() >= parts.config().inputsMax()) {
            throw new Problem(
                    ProblemCode.BUSY,
                    "this node has "
                            + waiting.get()
                            + " writes and reads of context waiting; try again shortly");
        }
        waiting.incrementAndGet();
        inputs.add(input);
        wake();
    }

    private void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /// Forgets the documents of a group that is gone.
    void dropFromCache(Group group) {
        List<DocumentKey> keys = new ArrayList<>();
        cache.forEach((key, entry) -> {
            if (entry.group == group) {
                keys.add(key);
            }
        });
        keys.forEach(cache::remove);
    }

    /// Everything that is merged is in the state store when this returns; from an input.
    void writeBehindNow() {
        writeBehind.now();
    }

    /// The turn that is being taken, counted from 1.
    long turn() {
        return turn;
    }

    /// This group has something for the log in this turn.
    void isBusy(Group group) {
        busy.add(group);
    }

    private void run() {
        long nextTick = nanoTime.getAsLong();
        while (!stopping || hasInputs()) {
            turn++;
            int taken = takeInputs(nanoTime.getAsLong());
            long now = nanoTime.getAsLong();
            boolean due = now - nextTick >= 0;
            if (due) {
                nextTick = now + TICK_NANOS;
                for (Group group : groups) {
                    guarded(() -> group.tick(now));
                }
            }
            endTurn();
            if (due) {
                guarded(() -> writeBehind.tick(now));
            }
            long flushDue = parts.peers().flushDue(now);
            if (taken == 0) {
                sleep(Math.min(nextTick, flushDue));
            }
        }
        guarded(writeBehind::close);
    }

    /// Some of what waits: so little that the turn ends soon, as nothing of it is logged before.
    private int takeInputs(long startNanos) {
        int taken = 0;
        while (taken < TURN_INPUTS_MAX && nanoTime.getAsLong() - startNanos < TURN_NANOS_MAX) {
            Runnable input = urgent.poll();
            if (input == null) {
                input = inputs.poll();
                if (input == null) {
                    break;
                }
                waiting.decrementAndGet();
            }
            guarded(input);
            taken++;
        }
        return taken;
    }

    private void endTurn() {
        for (Group group : busy) {
            guarded(group::endTurn);
        }
        busy.clear();
    }

    /// An input that fails must not take the others' thread with it. What it was for has its own
    /// way of telling; here it is a fault of ours.
    private void guarded(Runnable input) {
        try {
            input.run();
        } catch (RuntimeException e) {
            failures.met("a context input failed", e);
        }
    }

    private boolean hasInputs() {
        return !urgent.isEmpty() || !inputs.isEmpty();
    }

    private void sleep(long untilNanos) {
        for (int check = 0; check < SPIN_CHECKS; check++) {
            if (hasInputs()) {
                return;
            }
            Thread.onSpinWait();
        }
        asleep = true;
        long nanos = untilNanos - nanoTime.getAsLong();
        if (!hasInputs() && !stopping && nanos > 0) {
            LockSupport.parkNanos(this, Math.min(nanos, TICK_NANOS));
        }
        asleep = false;
    }

    /// Ends after all inputs were taken and everything was written behind.
    void stop() throws InterruptedException {
        stopping = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
