package dev.sheaf.bench.context;

import dev.sheaf.bench.context.EventGenerator.EventIds;
import dev.sheaf.bench.context.baselines.BareLog;
import dev.sheaf.context.Lane;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteRequest;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/// A node without peers on a real disk: its log, its store, its threads. What is written counts
/// when it is acknowledged, which is when it is synced. Prints lines of JSON: batches of JSON
/// events from several clients, single writes from many, both beside a bare log of records as long;
/// and on request many small documents in a bounded heap.
public final class DurableBenchmark {
    private static final long SEED = 7;
    private static final int DOCUMENTS = 10_000;
    private static final int CLIENTS = 8;
    private static final int BATCH = 100;

    /// The compiler needs some 20 s until it is done with all of it.
    private static final int WARM_EVENTS = 50_000;

    private static final int WARM_ROUNDS = 8;
    private static final int EVENTS = 200_000;
    private static final int WRITERS = 1_024;
    private static final int WRITES_EACH = 100;
    private static final int WARM_WRITES_EACH = 200;
    private static final int BARE_BATCHES = 1_000;

    private final Path folder;
    private final Dialogues dialogues;

    private DurableBenchmark(Path folder, Dialogues dialogues) {
        this.folder = folder;
        this.dialogues = dialogues;
    }

    /// @param arguments a part (`batches`, `singles`, `documents`; the first two without one), then
    ///   how many documents (1,000,000), then a directory on the disk that is to be measured
    public static void main(String[] arguments) throws Exception {
        List<String> parts =
                arguments.length == 0 || arguments[0].equals("all")
                        ? List.of("batches", "singles")
                        : List.of(arguments[0]);
        int documents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        Path base = Path.of(arguments.length > 2 ? arguments[2] : "bench/target");
        Path folder = Files.createTempDirectory(Files.createDirectories(base), "durable");
        try {
            DurableBenchmark benchmark = new DurableBenchmark(folder, Dialogues.load());
            for (String part : parts) {
                switch (part) {
                    case "batches" -> benchmark.batches();
                    case "singles" -> benchmark.singles();
                    case "documents" -> benchmark.documents(documents);
                    default -> throw new IllegalArgumentException("there is no part " + part);
                }
            }
        } finally {
            SessionNode.delete(folder);
        }
    }

    private void batches() throws Exception {
        EventGenerator generator =
                new EventGenerator(SEED, DOCUMENTS, "us-east-1", EventIds.NUMBERED, dialogues);
        byte[] openings = EventGenerator.ndjson(generator.openAll());
        try (ContextRuntime runtime = SessionNode.alone(folder.resolve("batches"))) {
            runtime.applyType(SessionType.YAML, "bench.session.yaml");
            ClientBatches.ingest(runtime, openings);
            for (int round = 0; round < WARM_ROUNDS; round++) {
                batches(generator, WARM_EVENTS).ingest(runtime, 0);
            }
            ClientBatches measured = batches(generator, EVENTS);
            long processor = SessionNode.processorNanos();
            long begin = System.nanoTime();
            measured.ingest(runtime, 0);
            long nanos = System.nanoTime() - begin;
            processor = SessionNode.processorNanos() - processor;
            print("durable-batches", CLIENTS * BATCH, EVENTS, nanos, processor, 500_000);
        }
    }

    private static ClientBatches batches(EventGenerator generator, int events) {
        return ClientBatches.of(generator, events, CLIENTS, BATCH, event -> {});
    }

    private void singles() throws Exception {
        try (ContextRuntime runtime = SessionNode.alone(folder.resolve("singles"))) {
            runtime.applyType(SessionType.YAML, "bench.session.yaml");
            write(runtime, 0, WARM_WRITES_EACH);
            long processor = SessionNode.processorNanos();
            long begin = System.nanoTime();
            long events = write(runtime, WARM_WRITES_EACH, WRITES_EACH);
            long nanos = System.nanoTime() - begin;
            processor = SessionNode.processorNanos() - processor;
            print("durable-singles", WRITERS, events, nanos, processor, 500_000);
        }
    }

    private static long write(ContextRuntime runtime, int from, int count) throws Exception {
        List<Future<Long>> counts = new ArrayList<>();
        ThreadFactory virtual = Thread.ofVirtual().factory();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(virtual)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                counts.add(
                        threads.submit(() -> {
                            for (int i = from; i < from + count; i++) {
                                runtime.write(turn(number, i));
                            }
                            return (long) count;
                        }));
            }
            long events = 0;
            for (Future<Long> each : counts) {
                events += each.get();
            }
            return events;
        }
    }

    private static WriteRequest turn(int writer, int number) {
        PatchOperation append =
                new PatchOperation(
                        PatchOperation.Kind.APPEND,
                        "/conversation/messages",
                        Optional.empty(),
                        Optional.of(
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("role", "user")
                                        .put("content", "Message number " + number)));
        return request(
                EventGenerator.contextId(writer),
                new Change.Patch(List.of(append)),
                "turn-" + number);
    }

    private static WriteRequest request(String document, Change change, String eventId) {
        return new WriteRequest(
                new DocumentKey(SessionType.NAME, document),
                change,
                eventId,
                Optional.of(SessionType.VERSION),
                Optional.of(Lane.CRITICAL),
                0,
                "",
                "bench",
                Optional.empty());
    }

    /// So many documents in one node whose heap is bounded; each is written once, and some are
    /// read.
    private void documents(int count) throws Exception {
        try (ContextRuntime runtime = SessionNode.alone(folder.resolve("documents"))) {
            runtime.applyType(SessionType.YAML, "bench.session.yaml");
            List<Future<?>> counts = new ArrayList<>();
            int share = 1_000;
            long begin = System.nanoTime();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (int from = 0; from < count; from += share) {
                    byte[] batch = states(from, Math.min(count, from + share));
                    counts.add(threads.submit(() -> ClientBatches.ingest(runtime, batch)));
                    if (counts.size() >= 16) {
                        counts.removeFirst().get();
                    }
                }
                for (Future<?> each : counts) {
                    each.get();
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long held = runtime.types().getFirst().documents();
            if (held != count) {
                throw new IllegalStateException(held + " documents of " + count);
            }
            System.out.println(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("benchmark", "documents")
                            .put("documents", count)
                            .put("writtenPerSecond", Math.round(count / seconds))
                            .put("heapMaxMb", Runtime.getRuntime().maxMemory() >> 20)
                            .put("residentMb", SessionNode.residentMegabytes())
                            .put(
                                    "folderMb",
                                    SessionNode.bytesIn(folder.resolve("documents")) >> 20));
        }
    }

    private static byte[] states(int from, int to) {
        List<ObjectNode> events = new ArrayList<>();
        for (int document = from; document < to; document++) {
            ObjectNode event =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("eventId", "open")
                            .put("timestamp", "2026-01-15T14:30:00.000Z")
                            .put("version", SessionType.VERSION)
                            .put("contextId", EventGenerator.contextId(document))
                            .put("cloudRegion", "us-east-1")
                            .put("eventType", "CONTEXT_STATE");
            event.putObject("payload")
                    .putObject("state")
                    .putObject("session")
                    .put("city", "Berlin")
                    .put("verified", document % 2 == 0)
                    .set("intent", StringNode.valueOf("FindHotel"));
            events.add(event);
        }
        return EventGenerator.ndjson(events);
    }

    private void print(
            String name, int inFlight, long events, long nanos, long processor, long target)
            throws IOException {
        ObjectNode bare = BareLog.measure(folder, BARE_BATCHES);
        double rate = events / (nanos / 1e9);
        System.out.println(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("benchmark", name)
                        .put("inFlight", inFlight)
                        .put("events", events)
                        .put("eventsPerSecond", Math.round(rate))
                        .put("target", target)
                        .put(
                                "processorMicrosPerEvent",
                                Math.round(processor / 10.0 / events) / 100.0)
                        .put("bareLogPerSecond", bare.get("recordsPerSecond").longValue())
                        .put(
                                "shareOfBareLog",
                                Math.round(100 * rate / bare.get("recordsPerSecond").doubleValue())
                                        / 100.0)
                        .put("residentMb", SessionNode.residentMegabytes()));
    }
}
