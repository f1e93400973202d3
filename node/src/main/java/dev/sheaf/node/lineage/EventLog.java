package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lineage.LineageEvent;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Keeps events: whatever waits goes to the disk in one transaction, then is added up, then its
/// senders hear of it. One thread does that, so events count in the order in which they are kept.
/// For any thread.
final class EventLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int WAITING_MAX = 20_000;
    private static final int BATCH_MAX = 2_000;
    private static final long BATCH_BYTES_MAX = 64L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final EventTable table;
    private final BiConsumer<KeptEvent, LineageEvent> book;
    private final Runnable idle;
    private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean isClosed;

    /// Only the thread's.
    private long probedNanos;

    private record Waiting(KeptEvent kept, LineageEvent event, CompletableFuture<Boolean> isNew) {}

    /// @param book adds up what is kept, on the log's thread
    /// @param idle is run between batches, on the log's thread
    EventLog(EventTable table, BiConsumer<KeptEvent, LineageEvent> book, Runnable idle) {
        this.table = table;
        this.book = book;
        this.idle = idle;
        this.thread = Thread.ofPlatform().name("lineage-log").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Takes an event to be kept and to count, and tells the outcome by [#await].
    ///
    /// @param event as it counts; the text may say more
    /// @return whether it was not here yet
    /// @throws Problem BUSY when too many wait; by [#await] STORAGE_FAILED
    CompletableFuture<Boolean> offer(KeptEvent kept, LineageEvent event) {
        Waiting waiting = new Waiting(kept, event, new CompletableFuture<>());
        try {
            if (!isClosed && queue.offer(waiting, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return waiting.isNew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "the event was not kept", e);
        }
        throw new Problem(
                ProblemCode.BUSY,
                "more lineage events come than can be kept: " + WAITING_MAX + " wait; try again");
    }

    static boolean await(CompletableFuture<Boolean> isNew) {
        try {
            return isNew.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw new Problem(problem.code(), problem.message(), problem);
            }
            throw e;
        }
    }

    /// @throws Problem UNAVAILABLE while events cannot be kept
    void requireWorking() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "lineage events cannot be kept: " + broken.getMessage(),
                    broken);
        }
    }

    private void run() {
        try {
            while (!isClosed || !queue.isEmpty()) {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    keep(batch(first));
                } else if (failure != null) {
                    probe();
                }
                idle.run();
            }
        } catch (InterruptedException e) {
            LOG.debug("no more events are kept", e);
        }
    }

    /// Whoever is not ready is not sent anything by which it would notice that it could work again.
    private void probe() {
        if (System.nanoTime() - probedNanos > BETWEEN_PROBES.toNanos()) {
            probedNanos = System.nanoTime();
            try {
                table.probe();
                failure = null;
                LOG.info("lineage events can be kept again");
            } catch (Problem e) {
                failure = e;
            }
        }
    }

    private List<Waiting> batch(Waiting first) {
        List<Waiting> batch = new ArrayList<>(List.of(first));
        long bytes = first.kept().text().length;
        while (batch.size() < BATCH_MAX && bytes < BATCH_BYTES_MAX) {
            Waiting next = queue.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
            bytes += next.kept().text().length;
        }
        return batch;
    }

    private void keep(List<Waiting> batch) {
        List<Boolean> isNew;
        try {
            isNew = table.add(batch.stream().map(Waiting::kept).toList());
            failure = null;
        } catch (RuntimeException e) {
            LOG.error("{} lineage events could not be kept", batch.size(), e);
            failure = e;
            batch.forEach(each -> each.isNew().completeExceptionally(e));
            return;
        }
        for (int index = 0; index < batch.size(); index++) {
            Waiting each = batch.get(index);
            try {
                if (isNew.get(index)) {
                    book.accept(each.kept(), each.event());
                }
                each.isNew().complete(isNew.get(index));
            } catch (RuntimeException e) {
                LOG.error("a lineage event is kept but could not be added up", e);
                each.isNew().completeExceptionally(e);
            }
        }
    }

    /// What waits is kept first.
    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        table.close();
    }
}
