package dev.sheaf.bench.context;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.IngestResult;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Events of the generator as batches of several clients. All events of a document go through one
/// client, which sends the next batch when the one before is acknowledged, so that they come in
/// their order.
///
/// @param batches for each client its batches, as lines of JSON
/// @param events how many there are
record ClientBatches(List<List<byte[]>> batches, int events) {
    /// @param more applied to each event before it is written
    static ClientBatches of(
            EventGenerator generator,
            int events,
            int clients,
            int batch,
            java.util.function.Consumer<ObjectNode> more) {
        List<List<byte[]>> batches = new ArrayList<>();
        List<List<ObjectNode>> gathered = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            batches.add(new ArrayList<>());
            gathered.add(new ArrayList<>());
        }
        for (int made = 0; made < events; made++) {
            ObjectNode event = generator.next();
            more.accept(event);
            int client = Math.floorMod(event.get("contextId").stringValue().hashCode(), clients);
            gathered.get(client).add(event);
            if (gathered.get(client).size() == batch) {
                batches.get(client).add(EventGenerator.ndjson(gathered.get(client)));
                gathered.get(client).clear();
            }
        }
        for (int client = 0; client < clients; client++) {
            if (!gathered.get(client).isEmpty()) {
                batches.get(client).add(EventGenerator.ndjson(gathered.get(client)));
            }
        }
        return new ClientBatches(batches, events);
    }

    /// Sends everything, and returns when it is acknowledged.
    ///
    /// @param seconds over which the batches are spread, or 0 for as fast as it goes
    void ingest(ContextRuntime runtime, double seconds)
            throws InterruptedException, ExecutionException {
        List<Future<?>> done = new ArrayList<>();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(batches.size())) {
            for (List<byte[]> own : batches) {
                double interval = seconds * 1e9 / Math.max(1, own.size());
                done.add(
                        threads.submit(() -> {
                            for (int i = 0; i < own.size(); i++) {
                                awaitNanoTime(begin + (long) (i * interval));
                                ingest(runtime, own.get(i));
                            }
                        }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
    }

    private static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// One batch.
    ///
    /// @throws IllegalStateException when an event is refused
    static void ingest(ContextRuntime runtime, byte[] lines) {
        for (IngestResult result : runtime.ingest(lines, Optional.of(SessionType.NAME), "bench")) {
            if (!(result instanceof IngestResult.Written)) {
                throw new IllegalStateException("refused: " + result);
            }
        }
    }
}
