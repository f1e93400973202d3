package dev.sheaf.bench.context;

import dev.sheaf.bench.context.EventGenerator.EventIds;
import dev.sheaf.bench.context.SmallDocuments.Operation;
import dev.sheaf.bench.context.baselines.BareParse;
import dev.sheaf.bench.peers.NodePeers;
import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.BatchReader;
import dev.sheaf.context.type.ContextType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The apply path on one core, in memory: events are decoded, validated and merged into documents.
/// Prints lines of JSON: from wire batches, from JSON beside a bare parse, the metadata that
/// documents carry, and one long conversation beside Yjs.
public final class ApplyBenchmark {
    private static final long SEED = 7;
    private static final int DOCUMENTS = 10_000;
    private static final int EVENTS = 200_000;
    private static final int BATCH = 100;
    private static final long PROCESSOR_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(12);
    private static final int ROUNDS_MIN = 5;
    private static final int PEER_SECONDS = 15;

    private static final ContextType TYPE = SessionType.read();
    private static final ActorTable ACTORS = new ActorTable();
    private static final int WRITER = ACTORS.indexOf(ActorId.parse("aws/us-east-1#1"));

    private final Dialogues dialogues;
    private final byte[] openings;
    private final byte[] lines;

    private ApplyBenchmark(Dialogues dialogues) {
        this.dialogues = dialogues;
        EventGenerator generator =
                new EventGenerator(SEED, DOCUMENTS, "us-east-1", EventIds.NUMBERED, dialogues);
        this.openings = EventGenerator.ndjson(generator.openAll());
        this.lines = generator.ndjson(EVENTS);
    }

    /// @param arguments which parts: `wire`, `json`, `conversation`; all without one
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> parts =
                arguments.length == 0
                        ? List.of("wire", "json", "conversation")
                        : List.of(arguments);
        ApplyBenchmark benchmark = new ApplyBenchmark(Dialogues.load());
        for (String part : parts) {
            switch (part) {
                case "wire" -> benchmark.wire();
                case "json" -> benchmark.json();
                case "conversation" -> benchmark.conversations();
                default -> throw new IllegalArgumentException("there is no part " + part);
            }
        }
    }

    private interface Round {
        /// @return what the timed part of it took
        Stopwatch run();
    }

    /// The best of as many rounds as there is time for, after the code has become warm.
    private static Stopwatch best(Round round) {
        Stopwatch begin = Stopwatch.start();
        Stopwatch best = round.run();
        Stopwatch all = begin.passed();
        for (int count = 1;
                count < ROUNDS_MIN
                        || all.processorNanos() < PROCESSOR_NANOS && all.nanos() < NANOS_MAX;
                count++) {
            best = best.best(round.run());
            all = begin.passed();
        }
        return best;
    }

    private void wire() {
        SessionDocuments origin = new SessionDocuments(TYPE, ACTORS);
        SessionWriter writer = new SessionWriter(origin, ACTORS, WRITER);
        List<Event> opened = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        writer.writeAll(openings, opened);
        writer.writeAll(lines, events);
        long digest = origin.digest();
        for (boolean zstd : new boolean[] {false, true}) {
            try (BatchCompression compression =
                            zstd ? BatchCompression.zstd() : BatchCompression.none();
                    BatchDecompression decompression =
                            new BatchDecompression(id -> Optional.empty())) {
                List<byte[]> frames = SessionWriter.frames(events, BATCH, ACTORS, compression);
                BatchReader reader = new BatchReader(decompression, ACTORS::indexOf);
                Stopwatch decode = best(() -> decode(reader, frames));
                Stopwatch took = best(() -> apply(reader, frames, opened, digest));
                print(
                        "apply-wire",
                        EVENTS,
                        took,
                        1_000_000,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("batch", BATCH)
                                .put("compression", zstd ? "zstd" : "none")
                                .put(
                                        "bytesPerEvent",
                                        frames.stream().mapToInt(frame -> frame.length).sum()
                                                / EVENTS)
                                .put("decodeAlonePerSecond", decode.perProcessorSecond(EVENTS)));
            }
        }
        metadata(origin, writer);
    }

    private static Stopwatch decode(BatchReader reader, List<byte[]> frames) {
        Stopwatch begin = Stopwatch.start();
        long[] width = new long[1];
        for (byte[] frame : frames) {
            reader.read(frame, 0, frame.length, (scope, shard, event) -> width[0] += event.width());
        }
        Stopwatch took = begin.passed();
        if (width[0] < EVENTS) {
            throw new IllegalStateException("events are missing: " + width[0]);
        }
        return took;
    }

    private static Stopwatch apply(
            BatchReader reader, List<byte[]> frames, List<Event> opened, long digest) {
        SessionDocuments documents = new SessionDocuments(TYPE, ACTORS);
        opened.forEach(documents::apply);
        Stopwatch begin = Stopwatch.start();
        for (byte[] frame : frames) {
            reader.read(frame, 0, frame.length, (scope, shard, event) -> documents.apply(event));
        }
        Stopwatch took = begin.passed();
        if (documents.applied() != EVENTS + DOCUMENTS || documents.digest() != digest) {
            throw new IllegalStateException("the documents differ from their writer's");
        }
        return took;
    }

    private static void metadata(SessionDocuments documents, SessionWriter writer) {
        long digest = documents.digest();
        long fields = documents.fields();
        long live = documents.metadataBytes();
        documents.strip(writer.vector());
        long stable = documents.metadataBytes();
        if (documents.digest() != digest) {
            throw new IllegalStateException("stripping has changed what documents show");
        }
        System.out.println(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("benchmark", "metadata")
                        .put("documents", documents.size())
                        .put("fields", fields)
                        .put("bytesPerLiveField", rounded((double) live / fields))
                        .put("targetLive", 16)
                        .put("bytesPerStableField", rounded((double) stable / fields))
                        .put("targetStable", 0));
    }

    private void json() {
        Stopwatch parse =
                best(() -> {
                    Stopwatch begin = Stopwatch.start();
                    int parsed = BareParse.parse(lines);
                    Stopwatch took = begin.passed();
                    if (parsed != EVENTS) {
                        throw new IllegalStateException(parsed + " events parsed of " + EVENTS);
                    }
                    return took;
                });
        long[] digests = new long[1];
        Stopwatch took =
                best(() -> {
                    SessionDocuments documents = new SessionDocuments(TYPE, ACTORS);
                    SessionWriter writer = new SessionWriter(documents, ACTORS, WRITER);
                    writer.merge(openings);
                    Stopwatch begin = Stopwatch.start();
                    int count = writer.merge(lines);
                    Stopwatch passed = begin.passed();
                    long digest = documents.digest();
                    if (count != EVENTS || digests[0] != 0 && digests[0] != digest) {
                        throw new IllegalStateException("the documents differ from round to round");
                    }
                    digests[0] = digest;
                    return passed;
                });
        print(
                "apply-json",
                EVENTS,
                took,
                500_000,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bytesPerEvent", lines.length / EVENTS)
                        .put("bareParsePerSecond", parse.perSecond(EVENTS))
                        .put("bareParsePerProcessorSecond", parse.perProcessorSecond(EVENTS))
                        .put(
                                "timesBareParse",
                                rounded((double) took.processorNanos() / parse.processorNanos())));
    }

    private void conversations() throws IOException, InterruptedException {
        int messages = 100_000;
        List<Operation> operations = SmallDocuments.conversation(SEED, messages, dialogues);
        double applied = 0;
        for (int size : new int[] {25_000, 50_000, messages}) {
            applied = conversation(operations.subList(0, size));
        }
        Optional<String> absence = NodePeers.absence();
        if (absence.isPresent()) {
            System.out.println("{\"benchmark\":\"conversation-peer\",\"skipped\":true}");
            return;
        }
        Path file = Files.createTempFile("conversation", ".ndjson");
        try {
            SmallDocuments.write(operations, file);
            for (String peer : List.of("yjs", "yjs-maps")) {
                for (JsonNode result :
                        NodePeers.conversation(peer, file, operations, PEER_SECONDS).run()) {
                    ObjectNode row = (ObjectNode) result;
                    double rate = result.path("appliedPerProcessorSecond").asDouble(0);
                    if (rate > 0) {
                        row.put("sheafTimesApply", rounded(applied / rate));
                    }
                    System.out.println(row);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static double conversation(List<Operation> operations) {
        List<Event> events = OperationEvents.of(operations, WRITER);
        try (BatchCompression compression = BatchCompression.zstd();
                BatchDecompression decompression = new BatchDecompression(id -> Optional.empty())) {
            List<byte[]> frames = SessionWriter.frames(events, BATCH, ACTORS, compression);
            BatchReader reader = new BatchReader(decompression, ACTORS::indexOf);
            String digest = SmallDocuments.digest(operations);
            boolean[] checked = new boolean[1];
            Stopwatch took =
                    best(() -> {
                        SessionDocuments documents = new SessionDocuments(TYPE, ACTORS);
                        Stopwatch begin = Stopwatch.start();
                        for (byte[] frame : frames) {
                            reader.read(
                                    frame,
                                    0,
                                    frame.length,
                                    (scope, shard, event) -> documents.apply(event));
                        }
                        Stopwatch passed = begin.passed();
                        if (!checked[0]) {
                            check(documents, digest);
                            checked[0] = true;
                        }
                        return passed;
                    });
            print(
                    "conversation",
                    operations.size(),
                    took,
                    440_000,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put(
                                    "bytesPerMessage",
                                    frames.stream().mapToInt(frame -> frame.length).sum()
                                            / operations.size()));
            return took.perProcessorSecond(operations.size());
        }
    }

    private static void check(SessionDocuments documents, String digest) {
        String found =
                SmallDocuments.digest(documents.leaves(Map.of(0, EventGenerator.contextId(0))));
        if (!found.equals(digest)) {
            throw new IllegalStateException("the conversation is not what was written");
        }
    }

    private static void print(
            String name, long events, Stopwatch took, long target, ObjectNode more) {
        ObjectNode row =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("benchmark", name)
                        .put("events", events)
                        .put("perSecond", took.perSecond(events))
                        .put("perProcessorSecond", took.perProcessorSecond(events))
                        .put("target", target);
        row.setAll(more);
        System.out.println(row);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
