package dev.sheaf.node.runs;

import dev.sheaf.client.RunState;
import dev.sheaf.kernel.Problem;
import dev.sheaf.product.publish.PublishReport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A run from its order to some time after its end. Safe for use by many threads.
public final class LiveRun implements RunProgress {
    /// What can be seen of it at a moment.
    ///
    /// @param version grows with each change
    /// @param rows records read so far
    /// @param report what became of it, once it has ended with an outcome
    /// @param problem why it ended without an outcome
    public record View(
            long version,
            RunState state,
            Optional<String> phase,
            OptionalDouble progress,
            long rows,
            Optional<Instant> finishedAt,
            Optional<PublishReport> report,
            Optional<Problem> problem) {}

    private final PublishOrder order;
    private final Instant startedAt;
    private final List<Runnable> cancelActions = new ArrayList<>();
    private boolean cancelled;
    private View view;

    LiveRun(PublishOrder order, Instant startedAt) {
        this.order = order;
        this.startedAt = startedAt;
        this.view =
                new View(
                        0,
                        RunState.WAITING,
                        Optional.empty(),
                        OptionalDouble.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    public PublishOrder order() {
        return order;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public synchronized View view() {
        return view;
    }

    /// Waits until there is something newer than what was seen.
    public synchronized View awaitNewer(long seenVersion, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (view.version() <= seenVersion) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return view;
    }

    /// Asks it to stop; nothing happens when it has ended.
    public void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            if (cancelled || view.state().finished()) {
                return;
            }
            cancelled = true;
            actions = List.copyOf(cancelActions);
        }
        actions.forEach(Runnable::run);
    }

    @Override
    public synchronized void at(String phase, OptionalDouble share, long rows) {
        change(RunState.RUNNING, Optional.of(phase), share, rows);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            cancelActions.add(action);
            if (!cancelled) {
                return;
            }
        }
        action.run();
    }

    synchronized void begin() {
        change(RunState.RUNNING, Optional.empty(), OptionalDouble.empty(), 0);
    }

    synchronized void end(
            RunState state, Instant at, Optional<PublishReport> report, Optional<Problem> problem) {
        view =
                new View(
                        view.version() + 1,
                        state,
                        Optional.empty(),
                        OptionalDouble.empty(),
                        view.rows(),
                        Optional.of(at),
                        report,
                        problem);
        notifyAll();
    }

    private void change(RunState state, Optional<String> phase, OptionalDouble share, long rows) {
        view =
                new View(
                        view.version() + 1,
                        state,
                        phase,
                        share,
                        rows,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        notifyAll();
    }
}
