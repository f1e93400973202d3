package dev.sheaf.bench.context;

import dev.sheaf.bench.context.SmallDocuments.Operation;
import dev.sheaf.bench.peers.JvmPeers;
import dev.sheaf.bench.peers.NodePeers;
import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.BatchReader;
import dev.sheaf.context.codec.CompressionDictionary;
import dev.sheaf.context.type.ContextType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Remote updates to 10,000 small documents, beside Yjs, Automerge and Loro on Node, and Pekko
/// Distributed Data where it is asked for. What the documents hold in the end is compared with what
/// the operations say, for Sheaf as for its peers.
public final class SmallDocumentsBenchmark {
    private static final long SEED = 7;
    private static final int DOCUMENTS = 10_000;
    private static final int OPERATIONS = 100_000;

    /// Making updates is slow in some peers, and is not what is measured.
    private static final int OPERATIONS_OF_SLOW_PEERS = 10_000;

    private static final int PEER_SECONDS = 8;
    private static final int PEKKO_FIRST_RATE = 1_200;
    private static final long PROCESSOR_NANOS = 4_000_000_000L;
    private static final int ROUNDS_MIN = 5;
    private static final ContextType TYPE = SessionType.read();
    private static final ActorTable ACTORS = new ActorTable();
    private static final int WRITER = ACTORS.indexOf(ActorId.parse("aws/us-east-1#1"));

    private SmallDocumentsBenchmark() {}

    /// @param arguments names of peers: of [NodePeers#NAMES], or `pekko`; all on Node without one,
    ///   none with `none`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> peers = arguments.length == 0 ? NodePeers.NAMES : List.of(arguments);
        List<Operation> operations =
                SmallDocuments.operations(SEED, DOCUMENTS, OPERATIONS, Dialogues.load());
        long sheaf = sheaf(operations);
        Path file = Files.createTempFile("small-documents", ".ndjson");
        try {
            SmallDocuments.write(operations, file);
            for (String peer : peers) {
                if (peer.equals("pekko")) {
                    for (JsonNode result :
                            JvmPeers.pekko("registers-write-all", PEKKO_FIRST_RATE).run()) {
                        System.out.println(result);
                    }
                } else if (!peer.equals("none") && NodePeers.absence().isEmpty()) {
                    int count = peer.startsWith("yjs") ? OPERATIONS : OPERATIONS_OF_SLOW_PEERS;
                    for (JsonNode result :
                            NodePeers.smallDocuments(peer, file, operations, count, PEER_SECONDS)
                                    .run()) {
                        print(result, sheaf);
                    }
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void print(JsonNode result, long sheaf) {
        ObjectNode row = (ObjectNode) result;
        double rate = result.path("updatesPerProcessorSecond").asDouble(0);
        if (rate > 0) {
            row.put("sheafTimes", Math.round(sheaf / rate * 10) / 10.0);
        }
        System.out.println(row);
    }

    /// In batches of 100, and each alone.
    ///
    /// @return updates for each second of the processor, the better of both
    private static long sheaf(List<Operation> operations) {
        List<Event> events = OperationEvents.of(operations, WRITER);
        String digest = SmallDocuments.digest(operations);
        Map<Integer, String> ids = new HashMap<>();
        for (int document = 0; document < DOCUMENTS; document++) {
            ids.put(document, EventGenerator.contextId(document));
        }
        long fastest = 0;
        for (int batch : new int[] {100, 1}) {
            CompressionDictionary dictionary = dictionary(events, batch);
            try (BatchCompression compression = BatchCompression.zstd();
                    BatchDecompression decompression =
                            new BatchDecompression(id -> Optional.of(dictionary))) {
                compression.use(dictionary);
                List<byte[]> frames = SessionWriter.frames(events, batch, ACTORS, compression);
                BatchReader reader = new BatchReader(decompression, ACTORS::indexOf);
                SessionDocuments checked = new SessionDocuments(TYPE, ACTORS);
                Stopwatch begin = Stopwatch.start();
                Stopwatch best = apply(reader, frames, checked);
                if (!SmallDocuments.digest(checked.leaves(ids)).equals(digest)) {
                    throw new IllegalStateException("the documents are not what was written");
                }
                for (int round = 1;
                        round < ROUNDS_MIN || begin.passed().processorNanos() < PROCESSOR_NANOS;
                        round++) {
                    best = best.best(apply(reader, frames, new SessionDocuments(TYPE, ACTORS)));
                }
                fastest = Math.max(fastest, best.perProcessorSecond(OPERATIONS));
                System.out.println(row(frames, batch, best));
            }
        }
        return fastest;
    }

    private static ObjectNode row(List<byte[]> frames, int batch, Stopwatch best) {
        long bytes = frames.stream().mapToLong(frame -> frame.length).sum();
        return JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "small-documents")
                .put("documents", DOCUMENTS)
                .put("updates", OPERATIONS)
                .put("updatesInABatch", batch)
                .put("updatesPerSecond", best.perSecond(OPERATIONS))
                .put("updatesPerProcessorSecond", best.perProcessorSecond(OPERATIONS))
                .put("bytesPerUpdate", Math.round(10.0 * bytes / OPERATIONS) / 10.0);
    }

    private static Stopwatch apply(
            BatchReader reader, List<byte[]> frames, SessionDocuments documents) {
        Stopwatch begin = Stopwatch.start();
        for (byte[] frame : frames) {
            reader.read(frame, 0, frame.length, (scope, shard, event) -> documents.apply(event));
        }
        return begin.passed();
    }

    /// Trained as a node does, on the first events of the type as they were sent.
    private static CompressionDictionary dictionary(List<Event> events, int batch) {
        try (BatchCompression none = BatchCompression.none()) {
            return CompressionDictionary.train(
                            SessionWriter.frames(
                                    events.subList(0, 4_000), Math.min(batch, 10), ACTORS, none))
                    .orElseThrow();
        }
    }
}
