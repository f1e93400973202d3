package dev.sheaf.bench.context;

import dev.sheaf.bench.context.EventGenerator.EventIds;
import dev.sheaf.bench.context.baselines.BareStream;
import dev.sheaf.bench.peers.JvmPeers;
import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.codec.CompressionDictionary;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.node.links.Links;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Two nodes in two processes, linked over loopback with mutual TLS. Prints lines of JSON: the link
/// alone, replication end to end, the part of the lag that is ours, bytes and calls that are saved,
/// and catching up after a partition.
public final class LinkBenchmark {
    /// The document whose changes are timed.
    static final String PROBE = "probe";

    private static final long SEED = 7;
    private static final int DOCUMENTS = 10_000;
    private static final int BATCH = 100;
    private static final int RAW_BATCHES = 20_000;
    private static final int REPLICATED = 100_000;
    private static final int LAG_SECONDS = 8;
    private static final int LAG_RATE = 10_000;
    private static final int LAG_BATCH = 10;
    private static final int CLIENTS = 16;
    private static final int WARM_EVENTS = 30_000;
    private static final int WARM_ROUNDS = 10;
    private static final int BACKLOG_AT_ONCE = 20_000;
    private static final int WINDOW_RATE = 1_000;
    private static final int WINDOW_SECONDS = 4;
    private static final long NANOS = 1_000_000_000L;
    private static final long WAIT_NANOS = 120 * NANOS;

    private final EventGenerator generator;
    private final ActorTable actors = new ActorTable();

    private LinkBenchmark() throws IOException {
        generator =
                new EventGenerator(
                        SEED, DOCUMENTS, "us-east-1", EventIds.NUMBERED, Dialogues.load());
    }

    /// @param arguments the parts (`bytes`, `raw`, `lag`, `windows`, `replicate`, `catch-up`; all
    ///   without one), or `kafka` for MirrorMaker 2 as well; `catch-up=500000` says how many events
    public static void main(String[] arguments) throws Exception {
        List<String> parts =
                arguments.length == 0
                        ? List.of("bytes", "raw", "lag", "windows", "replicate", "catch-up")
                        : List.of(arguments);
        LinkBenchmark benchmark = new LinkBenchmark();
        if (parts.contains("bytes")) {
            benchmark.bytes();
        }
        if (parts.contains("raw")) {
            benchmark.raw();
        }
        Optional<String> catchUp =
                parts.stream().filter(part -> part.startsWith("catch-up")).findFirst();
        if (parts.contains("lag")
                || parts.contains("windows")
                || parts.contains("replicate")
                || catchUp.isPresent()) {
            benchmark.nodes(parts, catchUp);
        }
        if (parts.contains("kafka")) {
            for (JsonNode result : JvmPeers.kafka(LAG_RATE, 10, 500_000).run()) {
                System.out.println(result);
            }
        }
    }

    // --- the codec and the link alone

    private List<Event> events(int count, long[] jsonBytes) throws IOException {
        EventGenerator own =
                new EventGenerator(
                        SEED + 1, DOCUMENTS, "us-east-1", EventIds.NUMBERED, Dialogues.load());
        int writer = actors.indexOf(ActorId.parse("aws/us-east-1#1"));
        SessionWriter session =
                new SessionWriter(new SessionDocuments(SessionType.read(), actors), actors, writer);
        session.merge(EventGenerator.ndjson(own.openAll()));
        List<Event> events = new ArrayList<>();
        byte[] lines = own.ndjson(count);
        jsonBytes[0] = lines.length - count;
        session.writeAll(lines, events);
        return events;
    }

    private void bytes() throws IOException {
        int count = 40_000;
        int trained = 4_000;
        long[] jsonBytes = new long[1];
        List<Event> events = events(count, jsonBytes);
        CompressionDictionary dictionary;
        try (BatchCompression none = BatchCompression.none()) {
            dictionary =
                    CompressionDictionary.train(
                                    SessionWriter.frames(
                                            events.subList(0, trained), 10, actors, none))
                            .orElseThrow();
        }
        for (boolean withDictionary : new boolean[] {false, true}) {
            try (BatchCompression compression = BatchCompression.zstd()) {
                if (withDictionary) {
                    compression.use(dictionary);
                }
                List<Event> sent = events.subList(trained, count);
                long wire =
                        SessionWriter.frames(sent, 20, actors, compression).stream()
                                .mapToLong(frame -> frame.length)
                                .sum();
                double perEvent = (double) wire / sent.size();
                double json = (double) jsonBytes[0] / count;
                System.out.println(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("benchmark", "wire-bytes")
                                .put("batch", 20)
                                .put("dictionary", withDictionary)
                                .put("jsonBytesPerEvent", rounded(json))
                                .put("bytesPerEvent", rounded(perEvent))
                                .put("savedPercent", rounded(100 * (1 - perEvent / json)))
                                .put("targetPercent", 85));
            }
        }
    }

    private void raw() throws Exception {
        List<Event> events = events(20_000, new long[1]);
        Path folder = Files.createTempDirectory("links");
        int[] ports = LinkPorts.free(2);
        SendingEnd end = new SendingEnd();
        try (ChildNode child = ChildNode.start("raw", folder, ports[1], ports[0]);
                Links _ =
                        LinkedNode.open(
                                folder,
                                SessionNode.AWS,
                                ports[0],
                                SessionNode.AZURE,
                                ports[1],
                                end);
                BatchCompression zstd = BatchCompression.zstd();
                BatchCompression none = BatchCompression.none()) {
            child.order("ready");
            for (boolean compressed : new boolean[] {false, true}) {
                BatchCompression compression = compressed ? zstd : none;
                send(end, events, RAW_BATCHES / 4, compression);
                long before = end.count();
                long begin = System.nanoTime();
                long bytes = send(end, events, RAW_BATCHES, compression);
                long received = end.count() - before;
                double seconds = (System.nanoTime() - begin) / 1e9;
                long sent = (long) RAW_BATCHES * BATCH;
                if (received != sent) {
                    throw new IllegalStateException(received + " events came of " + sent);
                }
                int bytesPerEvent = (int) (bytes / sent);
                JsonNode bare = BareStream.measure(5_000, Math.max(1, bytesPerEvent));
                long rate = Math.round(sent / seconds);
                System.out.println(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("benchmark", "link-alone")
                                .put("batch", BATCH)
                                .put("compression", compressed ? "zstd" : "none")
                                .put("bytesPerEvent", bytesPerEvent)
                                .put("eventsPerSecond", rate)
                                .put("target", 1_000_000)
                                .put("bareStreamPerSecond", bare.get("eventsPerSecond").longValue())
                                .put(
                                        "shareOfBareStream",
                                        rounded(rate / bare.get("eventsPerSecond").doubleValue())));
            }
        } finally {
            SessionNode.delete(folder);
        }
    }

    /// @return the bytes that were sent
    private long send(SendingEnd end, List<Event> events, int batches, BatchCompression compression)
            throws InterruptedException {
        BatchWriter writer = new BatchWriter(actors);
        long bytes = 0;
        int next = 0;
        for (int batch = 0; batch < batches; batch++) {
            for (int i = 0; i < BATCH; i++) {
                writer.add("aws/us-east-1+azure/westeurope", 0, events.get(next++));
            }
            next = next == events.size() ? 0 : next;
            byte[] frame = writer.finish(compression);
            bytes += frame.length;
            end.send(frame);
        }
        return bytes;
    }

    // --- two nodes

    private void nodes(List<String> parts, Optional<String> catchUp) throws Exception {
        Path folder =
                Files.createTempDirectory(
                        Files.createDirectories(Path.of("bench/target")), "links");
        int[] ports = LinkPorts.free(2);
        try (ChildNode child = ChildNode.start("node", folder, ports[1], ports[0]);
                LinkedNode node =
                        new LinkedNode(
                                folder, SessionNode.AWS, ports[0], SessionNode.AZURE, ports[1])) {
            ClientBatches.ingest(node.runtime(), EventGenerator.ndjson(generator.openAll()));
            // Warm code at both ends, and a trained dictionary.
            for (int round = 0; round < WARM_ROUNDS; round++) {
                batches(WARM_EVENTS).ingest(node.runtime(), 0);
            }
            awaitSame(node, child);
            if (parts.contains("lag")) {
                lag(node, child);
            }
            if (parts.contains("windows")) {
                windows(node, child);
            }
            if (parts.contains("replicate")) {
                replicate(node, child);
            }
            if (catchUp.isPresent()) {
                String[] words = catchUp.get().split("=");
                catchUp(node, child, words.length > 1 ? Integer.parseInt(words[1]) : 100_000);
            }
        } finally {
            SessionNode.delete(folder);
        }
    }

    /// @return how long it took until the child had the same
    private static long awaitSame(LinkedNode node, ChildNode child) throws IOException {
        long begin = System.nanoTime();
        String state = node.state();
        String there = child.order("state");
        while (!there.equals(state)) {
            if (System.nanoTime() - begin > WAIT_NANOS) {
                throw new IllegalStateException("not the same: " + state + " and " + there);
            }
            LockSupport.parkNanos(5_000_000);
            there = child.order("state");
        }
        return System.nanoTime() - begin;
    }

    private void replicate(LinkedNode node, ChildNode child) throws Exception {
        ClientBatches batches = batches(REPLICATED);
        long begin = System.nanoTime();
        batches.ingest(node.runtime(), 0);
        double written = (System.nanoTime() - begin) / 1e9;
        awaitSame(node, child);
        double everywhere = (System.nanoTime() - begin) / 1e9;
        System.out.println(
                row("replicate")
                        .put("events", REPLICATED)
                        .put("writtenPerSecond", Math.round(REPLICATED / written))
                        .put("durableEverywherePerSecond", Math.round(REPLICATED / everywhere)));
    }

    private void catchUp(LinkedNode node, ChildNode child, int backlog) throws Exception {
        node.faults().close(SessionNode.AZURE);
        long before = Long.parseLong(child.order("events"));
        for (int written = 0; written < backlog; written += BACKLOG_AT_ONCE) {
            batches(Math.min(BACKLOG_AT_ONCE, backlog - written)).ingest(node.runtime(), 0);
        }
        long during = Long.parseLong(child.order("events")) - before;
        node.faults().healAll();
        long healed = System.nanoTime();
        while (Long.parseLong(child.order("events")) - before <= during) {
            if (System.nanoTime() - healed > WAIT_NANOS) {
                throw new IllegalStateException("nothing came after the partition");
            }
            LockSupport.parkNanos(1_000_000);
        }
        long first = System.nanoTime();
        awaitSame(node, child);
        double seconds = (System.nanoTime() - first) / 1e9;
        System.out.println(
                row("catch-up")
                        .put("events", backlog)
                        .put("cameDuringPartition", during)
                        .put("secondsToFirst", rounded((first - healed) / 1e9))
                        .put("eventsPerSecond", Math.round(backlog / seconds))
                        .put("target", 300_000));
    }

    private void lag(LinkedNode node, ChildNode child) throws Exception {
        ClientBatches batches =
                ClientBatches.of(
                        generator,
                        LAG_RATE * LAG_SECONDS,
                        CLIENTS,
                        LAG_BATCH,
                        LinkBenchmark::critical);
        Map<Integer, long[]> written = new java.util.concurrent.ConcurrentHashMap<>();
        boolean[] done = new boolean[1];
        Thread probing =
                Thread.ofPlatform().name("probe").start(() -> probe(node.runtime(), written, done));
        long begin = System.nanoTime();
        batches.ingest(node.runtime(), LAG_SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        synchronized (done) {
            done[0] = true;
        }
        probing.join();
        awaitSame(node, child);
        Map<Integer, Long> seen = parse(child.order("seen"));
        List<Double> fromAcknowledged = new ArrayList<>();
        List<Double> fromWritten = new ArrayList<>();
        written.forEach((number, at) -> {
            Long visible = seen.get(number);
            // A watch shows the latest of several changes: the others are not counted.
            if (visible != null && number >= 20) {
                fromWritten.add((visible - at[0]) / 1e3);
                fromAcknowledged.add((visible - at[1]) / 1e3);
            }
        });
        fromWritten.sort(null);
        fromAcknowledged.sort(null);
        System.out.println(
                row("lag")
                        .put("lane", "critical")
                        .put("eventsPerSecond", Math.round(batches.events() / seconds))
                        .put("asked", LAG_RATE)
                        .put("samples", fromWritten.size())
                        .put("acknowledgedToVisibleMsP50", quantile(fromAcknowledged, 0.5))
                        .put("acknowledgedToVisibleMsP99", quantile(fromAcknowledged, 0.99))
                        .put("writtenToVisibleMsP50", quantile(fromWritten, 0.5))
                        .put("writtenToVisibleMsP99", quantile(fromWritten, 0.99))
                        .put("targetP99", 5)
                        .put(
                                "residentMb",
                                SessionNode.residentMegabytes()
                                        + Long.parseLong(child.order("resident"))));
    }

    private static void probe(
            ContextRuntime runtime, Map<Integer, long[]> written, boolean[] done) {
        for (int number = 0; ; number++) {
            synchronized (done) {
                if (done[0]) {
                    return;
                }
            }
            long before = micros();
            runtime.write(SessionNode.city(PROBE, "City " + number, "probe-" + number));
            written.put(number, new long[] {before, micros()});
            LockSupport.parkNanos(7_000_000);
        }
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static Map<Integer, Long> parse(String seen) {
        Map<Integer, Long> parsed = new HashMap<>();
        for (String pair : seen.substring(1, seen.length() - 1).split(",")) {
            String[] sides = pair.split("=");
            parsed.put(Integer.parseInt(sides[0]), Long.parseLong(sides[1]));
        }
        return parsed;
    }

    private static void critical(ObjectNode event) {
        ((ObjectNode) event.get("metadata")).put("priority", "CRITICAL");
    }

    private ClientBatches batches(int events) {
        return ClientBatches.of(generator, events, CLIENTS, BATCH, event -> {});
    }

    private void windows(LinkedNode node, ChildNode child) throws IOException {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < WINDOW_RATE * WINDOW_SECONDS; i++) {
            ObjectNode event = generator.next();
            ((ObjectNode) event.get("metadata")).put("priority", "IMPORTANT");
            events.add(EventGenerator.ndjson(List.of(event)));
        }
        LinkStatus before = node.link();
        long begin = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            long due = begin + i * (NANOS / WINDOW_RATE);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            ClientBatches.ingest(node.runtime(), events.get(i));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        LinkStatus after = node.link();
        awaitSame(node, child);
        long frames = after.framesOut() - before.framesOut();
        System.out.println(
                row("windows")
                        .put("lane", "important")
                        .put("eventsPerSecond", Math.round(events.size() / seconds))
                        .put("events", after.eventsOut() - before.eventsOut())
                        .put("frames", frames)
                        .put("savedPercent", rounded(100 * (1 - (double) frames / events.size())))
                        .put("targetPercent", 80)
                        .put(
                                "bytesPerEvent",
                                rounded(
                                        (double) (after.bytesOut() - before.bytesOut())
                                                / events.size())));
    }

    private static ObjectNode row(String name) {
        return JsonNodeFactory.instance.objectNode().put("benchmark", name);
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? -1
                : rounded(sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
