package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A query between its request and its end: what it holds, its deadline, its clock.
final class ActiveQuery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveQuery.class);

    private final QueryRequest request;
    private final Consumer<ActiveQuery> onClose;
    private final ScheduledFuture<?> deadline;
    private final long beganNanos = System.nanoTime();
    private volatile long openedNanos = beganNanos;
    private volatile long plannedNanos = beganNanos;
    private volatile long finishedNanos;
    private @Nullable EngineSession session;
    private final List<FileAccess.Opened> files = new ArrayList<>();
    private final List<Runnable> whenClosed = new ArrayList<>();
    private Supplier<List<QueryPart>> parts = List::of;
    private final List<Runnable> whenEnded = new ArrayList<>();
    private @Nullable Kind ending;
    private boolean closed;
    private int filesOpened;
    private int filesPruned;
    private long bytesMax;

    ActiveQuery(
            QueryRequest request,
            Duration timeout,
            ScheduledExecutorService timer,
            Consumer<ActiveQuery> onClose) {
        this.request = request;
        this.onClose = onClose;
        this.deadline =
                timer.schedule(() -> end(Kind.TIMED_OUT), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    QueryRequest request() {
        return request;
    }

    /// Takes the session over; it is closed with this.
    synchronized EngineSession opened(EngineSession opened) {
        session = opened;
        openedNanos = System.nanoTime();
        check();
        return opened;
    }

    synchronized void uses(FileAccess.Opened opened, int pruned, long bytes) {
        files.add(opened);
        filesOpened += opened.paths().size();
        filesPruned += pruned;
        bytesMax += bytes;
    }

    /// What else must be ended when this is cancelled or runs out of time; at once when it has
    /// been.
    void whenEnded(Runnable action) {
        synchronized (this) {
            if (ending == null) {
                whenEnded.add(action);
                return;
            }
        }
        action.run();
    }

    /// What else is closed with this.
    synchronized void whenClosed(Runnable action) {
        whenClosed.add(action);
    }

    /// @param contributions of other regions, as far as they have come whenever it is asked
    synchronized void reports(Supplier<List<QueryPart>> contributions) {
        parts = contributions;
    }

    synchronized List<QueryPart> parts() {
        return parts.get();
    }

    /// Until its deadline.
    Duration timeLeft() {
        return Duration.ofNanos(Math.max(1, deadline.getDelay(TimeUnit.NANOSECONDS)));
    }

    /// Whether a read may fail only because parts of files are not there yet.
    synchronized boolean filesMayLack() {
        return files.stream().anyMatch(FileAccess.Opened::mayLack);
    }

    /// Brings more of the files' parts after a failed read; whether trying again makes sense.
    synchronized boolean widenFiles() {
        boolean more = false;
        for (FileAccess.Opened opened : files) {
            more |= opened.widen();
        }
        return more;
    }

    void planned() {
        plannedNanos = System.nanoTime();
    }

    void finished() {
        finishedNanos = System.nanoTime();
        deadline.cancel(false);
    }

    /// Between steps: an end that came while no statement was running.
    ///
    /// @throws EngineProblem TIMED_OUT or CANCELLED
    synchronized void check() {
        if (ending != null) {
            throw new EngineProblem(ending, "ended between statements");
        }
    }

    void cancel() {
        end(Kind.CANCELLED);
    }

    Problem problem(EngineProblem cause) {
        Kind why;
        synchronized (this) {
            why = ending;
        }
        LOG.debug("query {} failed: {}", request.id(), cause.message());
        EngineProblem shown =
                why != null && cause.kind() == Kind.CANCELLED
                        ? new EngineProblem(why, cause.message())
                        : cause;
        Problem problem = ErrorTexts.problem(shown, request.sql());
        if (problem.code() == ProblemCode.INTERNAL) {
            LOG.warn("query {} failed inside the engine: {}", request.id(), cause.message());
        }
        return problem;
    }

    synchronized QueryStatistics statistics(long rows, long resultBytes, boolean truncated) {
        long end = finishedNanos == 0 ? System.nanoTime() : finishedNanos;
        return new QueryStatistics(
                rows,
                resultBytes,
                filesOpened,
                filesPruned,
                bytesMax,
                Duration.ofNanos(openedNanos - beganNanos),
                Duration.ofNanos(plannedNanos - openedNanos),
                Duration.ofNanos(end - plannedNanos),
                truncated);
    }

    @Override
    public void close() {
        EngineSession held;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            held = session;
        }
        deadline.cancel(false);
        whenClosed.forEach(Runnable::run);
        try {
            if (held != null) {
                held.close();
            }
        } finally {
            files.forEach(FileAccess.Opened::close);
            onClose.accept(this);
        }
    }

    private void end(Kind why) {
        EngineSession running;
        List<Runnable> others;
        synchronized (this) {
            if (ending != null || closed) {
                return;
            }
            ending = why;
            running = session;
            others = List.copyOf(whenEnded);
        }
        others.forEach(Runnable::run);
        if (running != null) {
            running.cancel();
        }
    }
}
