package dev.sheaf.context.runtime;

import dev.sheaf.context.store.StateBatch;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Brings one worker's changed documents into the state store, behind the log. Encodes on the
/// worker's thread, never for long; syncs the log and writes on another. For the worker's thread.
final class WriteBehind {
    private static final long FLUSH_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ENCODING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// When what is not written fills most of the memory.
    private static final long ENCODING_NANOS_FULL = TimeUnit.MILLISECONDS.toNanos(5);

    /// Where it takes long it is done less often: a tenth of the worker's time at most.
    private static final int REST_FACTOR = 9;

    private final Worker worker;
    private final EngineParts parts;
    private long nextNanos;
    private long nextFlushNanos;
    private @Nullable WriteRound round;
    private boolean encoding;
    private boolean isUnflushed;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

    WriteBehind(Worker worker, EngineParts parts) {
        this.worker = worker;
        this.parts = parts;
    }

    /// Once everything that is merged is logged.
    void tick(long nowNanos) {
        long dirtyBytes = worker.cache().dirtyBytes();
        long memoryBytes = parts.config().cacheBytes().bytes() / parts.config().workers();
        boolean much = dirtyBytes > memoryBytes / 2;
        if (round == null && (much || nowNanos - nextNanos >= 0)) {
            boolean flush = nowNanos - nextFlushNanos >= 0;
            if (flush) {
                nextFlushNanos = nowNanos + FLUSH_EVERY_NANOS;
            }
            begin(flush);
        }
        if (round != null && encoding) {
            boolean tooMuch = dirtyBytes > memoryBytes - memoryBytes / 4;
            goOn(round, tooMuch ? ENCODING_NANOS_FULL : ENCODING_NANOS);
        }
    }

    private WriteRound begin(boolean flush) {
        WriteRound begun = new WriteRound(worker, parts, flush);
        writing = writing.exceptionally(failure -> null);
        round = begun;
        encoding = true;
        return begun;
    }

    private void goOn(WriteRound current, long nanos) {
        try {
            current.encode(parts.nanoTime(), nanos, this::write);
        } catch (RuntimeException e) {
            ended(current, false);
            throw e;
        }
        if (!current.isComplete()) {
            return;
        }
        encoding = false;
        if (current.isEmpty() && !(current.flushes() && isUnflushed)) {
            current.written();
            parts.positions().unchanged(worker.number(), current.position());
            ended(current, true);
        } else {
            isUnflushed = !current.flushes();
            writeEnding(current);
        }
    }

    /// Documents that may be further than the round's position. What comes after a batch that
    /// failed is not written.
    private void write(StateBatch part, Runnable whenWritten) {
        writing =
                writing.thenRunAsync(
                        () -> {
                            parts.positions().write(part, synced());
                            whenWritten.run();
                        },
                        parts.background());
    }

    /// Nothing may be in the store that the log could lose.
    private long synced() {
        return parts.log().sync();
    }

    private void writeEnding(WriteRound complete) {
        writing =
                writing.thenRunAsync(
                                () -> {
                                    parts.positions()
                                            .write(
                                                    worker.number(),
                                                    complete.ending(),
                                                    complete.position(),
                                                    synced());
                                    if (complete.flushes()) {
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
                                complete.written();
                            }
                            worker.submit(() -> ended(complete, failure == null));
                        });
    }

    private void ended(WriteRound written, boolean well) {
        if (round == written) {
            round = null;
            long intervalNanos = TimeUnit.MILLISECONDS.toNanos(parts.config().writeBehindMillis());
            nextNanos =
                    parts.nanoTime().getAsLong()
                            + Math.max(intervalNanos, written.encodingNanos() * REST_FACTOR);
        }
        if (well) {
            worker.cache().written(written.turn());
            written.flushed();
        } else {
            isUnflushed = true;
            worker.groups().forEach(Group::notWritten);
        }
    }

    /// Everything that is merged is in the state store when this returns.
    ///
    /// @throws Problem STORAGE_FAILED when it cannot be
    void now() {
        worker.groups().forEach(Group::endTurn);
        if (round != null && encoding) {
            goOn(round, Long.MAX_VALUE);
        }
        try {
            WriteRound all = begin(true);
            goOn(all, Long.MAX_VALUE);
            writing.join();
            worker.cache().written(all.turn());
            round = null;
        } catch (CompletionException e) {
            round = null;
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw e;
        }
    }

    void close() {
        now();
    }
}
