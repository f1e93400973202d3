package dev.sheaf.lake.internal.range;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.internal.range.Ranges.Range;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// Range requests, a bounded number at once over all files, and their count.
final class Fetches implements AutoCloseable {
    private static final int AT_ONCE = 16;

    /// Larger ranges are fetched as several requests.
    private static final long REQUEST_BYTES_MAX = 8L << 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder hits = new LongAdder();

    /// Fetches one range.
    interface Fetch {
        void run(Range range) throws IOException;
    }

    /// Returns when all were fetched; throws the first failure after all have ended.
    void run(List<Range> ranges, Fetch fetch) throws IOException {
        List<Future<?>> running = new ArrayList<>();
        for (Range range : ranges) {
            for (long start = range.start(); start < range.end(); start += REQUEST_BYTES_MAX) {
                Range part = new Range(start, Math.min(range.end(), start + REQUEST_BYTES_MAX));
                running.add(
                        threads.submit(() -> {
                            one(part, fetch);
                            return null;
                        }));
            }
        }
        Throwable failure = null;
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                running.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new Problem(ProblemCode.CANCELLED, "reading a remote file was ended", e);
            }
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    void hit(long count) {
        hits.add(count);
    }

    long requests() {
        return requests.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long hits() {
        return hits.sum();
    }

    @Override
    public void close() {
        threads.close();
    }

    private void one(Range range, Fetch fetch) throws IOException, InterruptedException {
        slots.acquire();
        try {
            fetch.run(range);
            requests.increment();
            bytes.add(range.length());
        } finally {
            slots.release();
        }
    }
}
