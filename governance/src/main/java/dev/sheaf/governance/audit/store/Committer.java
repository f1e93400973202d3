package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.EncodedEvent;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The one thread that writes a log: takes what has arrived, makes it durable with one sync, tells
/// everybody, and begins again. The longer a sync takes, the more share the next. Signs when it is
/// time.
final class Committer implements AutoCloseable {
    private static final int BATCH_BYTES = 4 << 20;

    private record Waiting(EncodedEvent event, CompletableFuture<AuditReceipt> receipt) {}

    private final AuditFiles files;
    private final AuditLogOptions options;
    private final LongSupplier nanoClock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private List<CompletableFuture<Void>> signRequests = new ArrayList<>();
    private boolean closing;
    private long lastSignedNanos;
    private @Nullable Problem owed;
    private @Nullable Problem closingFailure;

    /// Starts the thread.
    Committer(
            AuditFiles files,
            AuditLogOptions options,
            ThreadFactory threads,
            LongSupplier nanoClock) {
        this.files = files;
        this.options = options;
        this.nanoClock = nanoClock;
        this.lastSignedNanos = nanoClock.getAsLong();
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /// @throws Problem BUSY when too much waits already
    CompletableFuture<AuditReceipt> append(EncodedEvent event) {
        CompletableFuture<AuditReceipt> receipt = new CompletableFuture<>();
        lock.lock();
        try {
            requireOpen();
            if (queuedBytes + event.bytesMax() > options.queueBytes() && !queue.isEmpty()) {
                throw new Problem(
                        ProblemCode.BUSY,
                        queue.size()
                                + " audit entries with "
                                + queuedBytes
                                + " bytes wait for the disk; "
                                + options.queueBytes()
                                + " bytes may. Try again later");
            }
            queue.add(new Waiting(event, receipt));
            queuedBytes += event.bytesMax();
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return receipt;
    }

    /// Asks for a checkpoint over everything that was appended before.
    CompletableFuture<Void> sign() {
        CompletableFuture<Void> signed = new CompletableFuture<>();
        lock.lock();
        try {
            requireOpen();
            signRequests.add(signed);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return signed;
    }

    private void requireOpen() {
        if (closing) {
            throw new IllegalStateException("the audit log is closed");
        }
    }

    /// What is to be done in one round.
    private record Round(
            List<Waiting> batch, List<CompletableFuture<Void>> signRequests, boolean isLast) {}

    private void run() {
        try {
            boolean isLast = false;
            while (!isLast) {
                Round round = nextRound();
                isLast = round.isLast();
                commit(round.batch());
                sign(round);
            }
        } finally {
            abandon();
        }
    }

    /// Nobody is left waiting for a thread that has ended, whatever ended it.
    private void abandon() {
        Problem ended = new Problem(ProblemCode.INTERNAL, "the audit log's thread has ended");
        lock.lock();
        try {
            closing = true;
            queue.forEach(waiting -> waiting.receipt().completeExceptionally(ended));
            signRequests.forEach(request -> request.completeExceptionally(ended));
        } finally {
            lock.unlock();
        }
    }

    private Round nextRound() {
        lock.lock();
        try {
            while (queue.isEmpty() && signRequests.isEmpty() && !closing && !isSignDue()) {
                await();
            }
            List<Waiting> batch = new ArrayList<>();
            long bytes = 0;
            while (!queue.isEmpty() && bytes < BATCH_BYTES) {
                Waiting next = queue.remove();
                bytes += next.event().bytesMax();
                batch.add(next);
            }
            queuedBytes -= bytes;
            List<CompletableFuture<Void>> requests = List.of();
            if (queue.isEmpty()) {
                requests = signRequests;
                signRequests = new ArrayList<>();
            }
            return new Round(batch, requests, closing && queue.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    private void await() {
        if (files.unsigned() == 0) {
            arrived.awaitUninterruptibly();
            return;
        }
        try {
            arrived.awaitNanos(nanosUntilSigning());
        } catch (InterruptedException e) {
            // Whoever ends this thread ends the log, in order.
            closing = true;
        }
    }

    private long nanosUntilSigning() {
        return options.checkpointInterval().toNanos() - (nanoClock.getAsLong() - lastSignedNanos);
    }

    private boolean isSignDue() {
        long unsigned = files.unsigned();
        return unsigned >= options.checkpointEntries() && owed == null
                || unsigned > 0 && nanosUntilSigning() <= 0;
    }

    private void commit(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<AuditReceipt> receipts;
        try {
            if (owed != null) {
                // Nothing is acknowledged that could stay unsigned for longer than promised.
                files.sign();
                owed = null;
            }
            if (files.unsigned() == 0) {
                lastSignedNanos = nanoClock.getAsLong();
            }
            receipts = files.append(batch.stream().map(Waiting::event).toList());
        } catch (RuntimeException e) {
            Problem problem = problem(e);
            batch.forEach(waiting -> waiting.receipt().completeExceptionally(problem));
            return;
        } catch (Error e) {
            batch.forEach(waiting -> waiting.receipt().completeExceptionally(e));
            throw e;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).receipt().complete(receipts.get(i));
        }
    }

    private void sign(Round round) {
        if (round.signRequests().isEmpty() && !round.isLast() && !isSignDue()) {
            return;
        }
        @Nullable Problem failed = null;
        try {
            files.sign();
        } catch (RuntimeException e) {
            failed = problem(e);
        }
        owed = failed;
        lastSignedNanos = nanoClock.getAsLong();
        for (CompletableFuture<Void> request : round.signRequests()) {
            if (failed == null) {
                request.complete(null);
            } else {
                request.completeExceptionally(failed);
            }
        }
        if (round.isLast()) {
            closingFailure = failed;
        }
    }

    private Problem problem(RuntimeException e) {
        if (e instanceof Problem problem) {
            return problem;
        }
        Problem fault = new Problem(ProblemCode.INTERNAL, "the audit log failed: " + e, e);
        files.giveUp(fault);
        return fault;
    }

    /// Writes what waits, signs it, and ends the thread.
    ///
    /// @throws Problem STORAGE_FAILED when it could not be signed
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (closingFailure != null) {
            throw closingFailure;
        }
    }
}
