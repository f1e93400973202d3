package dev.sheaf.engine;

import dev.sheaf.engine.internal.SessionSettings;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/// Workers of one purpose: so many at most, warm ones first.
final class WorkerPool {
    private final String name;
    private final Duration waitMax;
    private final int workersMax;
    private final Semaphore slots;
    private final Function<ByteSize, Worker> start;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> all = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /// @param start starts a worker with that address-space limit
    WorkerPool(String name, int workersMax, Duration waitMax, Function<ByteSize, Worker> start) {
        this.name = name;
        this.workersMax = workersMax;
        this.waitMax = waitMax;
        this.slots = new Semaphore(workersMax, true);
        this.start = start;
    }

    /// A worker for one session, to be given back by [#release].
    ///
    /// @throws Problem BUSY, or UNAVAILABLE when none can be started
    Worker acquire(SessionSettings settings, ByteSize addressSpaceMax) {
        awaitSlot();
        try {
            return warm(settings, addressSpaceMax)
                    .orElseGet(() -> register(start.apply(addressSpaceMax)));
        } catch (RuntimeException e) {
            slots.release();
            throw e;
        }
    }

    /// @param reusable whether the worker is idle and as it was
    void release(Worker worker, boolean reusable) {
        synchronized (this) {
            if (reusable && !closed && worker.isAlive()) {
                worker.setIdleSinceNanos(System.nanoTime());
                idle.addFirst(worker);
            } else {
                end(worker);
            }
        }
        slots.release();
    }

    synchronized void endIdleSince(Duration idleMax) {
        long now = System.nanoTime();
        List<Worker> old = new ArrayList<>();
        for (Worker worker : idle) {
            if (now - worker.idleSinceNanos() >= idleMax.toNanos() || !worker.isAlive()) {
                old.add(worker);
            }
        }
        idle.removeAll(old);
        old.forEach(this::end);
    }

    synchronized void close() {
        closed = true;
        idle.clear();
        all.forEach(this::end);
    }

    private void awaitSlot() {
        try {
            if (slots.tryAcquire(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "interrupted while waiting for a worker", e);
        }
        throw new Problem(
                ProblemCode.BUSY,
                "all "
                        + workersMax
                        + " "
                        + name
                        + " workers were busy for "
                        + waitMax.toMillis()
                        + " ms; try again later");
    }

    private Worker register(Worker worker) {
        synchronized (this) {
            if (!closed) {
                all.add(worker);
                return worker;
            }
        }
        worker.kill();
        throw new Problem(ProblemCode.UNAVAILABLE, "the engine has been closed");
    }

    /// Best one whose instance is set up already; else any of the same size. One of another size
    /// makes room.
    private synchronized Optional<Worker> warm(SessionSettings settings, ByteSize addressSpaceMax) {
        Predicate<Worker> fits = worker -> worker.addressSpaceMax().equals(addressSpaceMax);
        Optional<Worker> found = take(fits.and(worker -> worker.hasSettings(settings)));
        if (found.isEmpty()) {
            found = take(fits);
        }
        if (found.isEmpty()) {
            take(worker -> true).ifPresent(this::end);
        }
        return found;
    }

    private Optional<Worker> take(Predicate<Worker> wanted) {
        Optional<Worker> found = idle.stream().filter(Worker::isAlive).filter(wanted).findFirst();
        found.ifPresent(idle::remove);
        return found;
    }

    private void end(Worker worker) {
        all.remove(worker);
        worker.kill();
    }
}
