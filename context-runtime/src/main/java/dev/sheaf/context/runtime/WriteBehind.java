package dev.sheaf.context.runtime;

import dev.sheaf.context.store.StateBatch;
import dev.sheaf.kernel.Problem;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Brings one worker's changed documents into the state store, behind the log. Encodes on the
/// worker's thread, writes on another. For the worker's thread.
final class WriteBehind {
    private static final long FLUSH_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Worker worker;

    /// Where it takes long it is done less often: a tenth of the worker's time at most.
    private static final int REST_FACTOR = 9;

    private final EngineParts parts;
    private long nextNanos;
    private long nextFlushNanos;
    private boolean underWay;
    private boolean isUnflushed;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

    WriteBehind(Worker worker, EngineParts parts) {
        this.worker = worker;
        this.parts = parts;
    }

    void tick(long nowNanos) {
        boolean due = nowNanos - nextNanos >= 0;
        boolean full =
                worker.cache().dirtyBytes()
                        > parts.config().cacheBytes().bytes() / parts.config().workers() / 2;
        if (!underWay && (due || full)) {
            boolean flush = nowNanos - nextFlushNanos >= 0;
            if (flush) {
                nextFlushNanos = nowNanos + FLUSH_EVERY_NANOS;
            }
            begin(flush);
            long endNanos = parts.nanoTime().getAsLong();
            long intervalNanos = TimeUnit.MILLISECONDS.toNanos(parts.config().writeBehindMillis());
            nextNanos = endNanos + Math.max(intervalNanos, (endNanos - nowNanos) * REST_FACTOR);
        }
    }

    private void begin(boolean flush) {
        worker.groups().forEach(Group::endTurn);
        long position = parts.log().sync();
        long turn = worker.turn();
        StateBatch batch = new StateBatch();
        Runnable conflictsWritten = prepare(batch);
        if (batch.count() == 0 && !(flush && isUnflushed)) {
            conflictsWritten.run();
            parts.positions().unchanged(worker.number(), position);
            return;
        }
        underWay = true;
        isUnflushed = !flush;
        List<Runnable> whenFlushed =
                flush ? worker.groups().stream().map(Group::whenFlushed).toList() : List.of();
        writing =
                writing.exceptionally(failure -> null)
                        .thenRunAsync(
                                () -> {
                                    parts.positions().write(worker.number(), batch, position);
                                    if (flush) {
                                        parts.positions().flush();
                                    }
                                },
                                parts.background())
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                worker.failures()
                                        .met(
                                                "documents cannot be written behind the log; they"
                                                        + " stay in memory and in the log",
                                                failure);
                            } else {
                                conflictsWritten.run();
                            }
                            worker.submit(() -> ended(turn, failure == null, whenFlushed));
                        });
    }

    private void ended(long turn, boolean well, List<Runnable> whenFlushed) {
        underWay = false;
        if (well) {
            worker.cache().written(turn);
            whenFlushed.forEach(Runnable::run);
        } else {
            isUnflushed = true;
            worker.groups().forEach(Group::notWritten);
        }
    }

    private Runnable prepare(StateBatch batch) {
        for (Group group : worker.groups()) {
            group.documents().digest();
        }
        worker.cache()
                .forEachDirty((key, entry) -> {
                    if (worker.groups().contains(entry.group)) {
                        entry.group.documents().write(key, entry, batch);
                    }
                });
        worker.groups().forEach(group -> group.write(batch));
        return parts.conflicts().writeBehind(batch);
    }

    /// Everything that is merged is in the state store when this returns.
    ///
    /// @throws Problem STORAGE_FAILED when it cannot be
    void now() {
        try {
            writing.join();
            begin(true);
            writing.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw e;
        }
        underWay = false;
        worker.cache().written(worker.turn());
    }

    void close() {
        now();
    }
}
