package dev.sheaf.node.runs;

import dev.sheaf.client.RunState;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.publish.PublishReport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs publishes: each on a thread of its own, as many at once as configured, one at a time for a
/// product. The rest wait their turn in the order they came, up to a bound.
public final class RunRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunRegistry.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(30);
    private static final Duration CANCEL_LOOK = Duration.ofMillis(200);

    private final PublishWork work;
    private final Consumer<LiveRun> ended;
    private final Clock clock;
    private final int unfinishedMax;
    private final Semaphore places;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Map<String, LiveRun> runs = new ConcurrentHashMap<>();
    private final Map<ProductName, Semaphore> turns = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param atOnceMax runs worked on at once
    /// @param waitingMax runs that may wait
    /// @param ended told of each run that has ended, on its thread
    public RunRegistry(
            PublishWork work, int atOnceMax, int waitingMax, Consumer<LiveRun> ended, Clock clock) {
        this.work = work;
        this.ended = ended;
        this.clock = clock;
        this.unfinishedMax = atOnceMax + waitingMax;
        this.places = new Semaphore(atOnceMax, true);
    }

    /// Takes an order; it goes on by itself.
    ///
    /// @throws Problem BUSY when too many wait already, or the node stops
    public LiveRun start(PublishOrder order) {
        forgetOld();
        if (closed) {
            throw new Problem(ProblemCode.BUSY, "the node is stopping and takes no new work");
        }
        if (unfinished.incrementAndGet() > unfinishedMax) {
            unfinished.decrementAndGet();
            throw new Problem(
                    ProblemCode.BUSY,
                    unfinishedMax
                            + " publishes wait or run already; try again when some have ended");
        }
        LiveRun run = new LiveRun(order, clock.instant());
        runs.put(order.runId(), run);
        Thread.ofVirtual().name("publish-" + order.runId()).start(() -> carryOut(run));
        return run;
    }

    public Optional<LiveRun> find(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    /// Runs that have not ended, in no order.
    public List<LiveRun> unfinished() {
        return runs.values().stream().filter(run -> !run.view().state().finished()).toList();
    }

    /// Does something to a product while no run of it is worked on.
    ///
    /// @throws Problem CONFLICT when one is
    public <T> T exclusively(ProductName product, java.util.function.Supplier<T> action) {
        Semaphore turn = turn(product);
        if (!turn.tryAcquire()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    product + " is being published; wait for that to end, or cancel it");
        }
        try {
            return action.get();
        } finally {
            turn.release();
        }
    }

    /// Takes nothing new, lets what runs go on until then, cancels the rest and waits for its end.
    public void drain(Duration atMost) throws InterruptedException {
        closed = true;
        Instant deadline = clock.instant().plus(atMost);
        unfinished().stream()
                .filter(run -> run.view().state() == RunState.WAITING)
                .forEach(LiveRun::cancel);
        for (LiveRun run : unfinished()) {
            if (!awaitEnd(run, Duration.between(clock.instant(), deadline))) {
                LOG.info("run {} is cancelled because the node stops", run.order().runId());
                run.cancel();
            }
        }
        for (LiveRun run : unfinished()) {
            awaitEnd(run, Duration.ofSeconds(10));
        }
    }

    @Override
    public void close() {
        closed = true;
        unfinished().forEach(LiveRun::cancel);
    }

    private static boolean awaitEnd(LiveRun run, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + Math.max(0, atMost.toNanos());
        LiveRun.View view = run.view();
        while (!view.state().finished()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            view = run.awaitNewer(view.version(), Duration.ofNanos(left));
        }
        return true;
    }

    private void carryOut(LiveRun run) {
        Semaphore turn = turn(run.order().product());
        boolean hasTurn = false;
        boolean hasPlace = false;
        try {
            hasTurn = acquire(turn, run);
            hasPlace = hasTurn && acquire(places, run);
            if (!hasPlace) {
                throw new Problem(ProblemCode.CANCELLED, "cancelled before its turn came");
            }
            run.begin();
            PublishReport report = work.publish(run.order(), run);
            finish(run, state(report.outcome()), Optional.of(report), Optional.empty());
        } catch (Problem problem) {
            RunState state =
                    problem.code() == ProblemCode.CANCELLED ? RunState.CANCELLED : RunState.FAILED;
            finish(run, state, Optional.empty(), Optional.of(problem));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Problem problem = new Problem(ProblemCode.CANCELLED, "the node stopped", e);
            finish(run, RunState.CANCELLED, Optional.empty(), Optional.of(problem));
        } catch (Throwable fault) {
            LOG.error("run {} failed unexpectedly", run.order().runId(), fault);
            Problem problem =
                    new Problem(
                            ProblemCode.INTERNAL,
                            "something went wrong that should not have; the node's log has it under"
                                    + " run "
                                    + run.order().runId());
            finish(run, RunState.FAILED, Optional.empty(), Optional.of(problem));
        } finally {
            if (hasPlace) {
                places.release();
            }
            if (hasTurn) {
                turn.release();
            }
            unfinished.decrementAndGet();
        }
    }

    /// Waits for a permit, unless it is cancelled first.
    private static boolean acquire(Semaphore permits, LiveRun run) throws InterruptedException {
        while (!run.isCancelled()) {
            if (permits.tryAcquire(CANCEL_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private void finish(
            LiveRun run,
            RunState state,
            Optional<PublishReport> report,
            Optional<Problem> problem) {
        run.end(state, clock.instant(), report, problem);
        try {
            ended.accept(run);
        } catch (RuntimeException e) {
            LOG.error("after run {}: its end could not be dealt with", run.order().runId(), e);
        }
    }

    private static RunState state(String outcome) {
        return switch (outcome) {
            case "COMMITTED" -> RunState.COMMITTED;
            case "UNCHANGED" -> RunState.UNCHANGED;
            case "DRY_RUN" -> RunState.CHECKED;
            case "REFUSED" -> RunState.REFUSED;
            case "CANCELLED" -> RunState.CANCELLED;
            default -> RunState.FAILED;
        };
    }

    private Semaphore turn(ProductName product) {
        return turns.computeIfAbsent(product, ignored -> new Semaphore(1, true));
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(REMEMBERED);
        runs.values()
                .removeIf(run ->
                        run.view().finishedAt().map(at -> at.isBefore(before)).orElse(false));
    }
}
