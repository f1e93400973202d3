package dev.sheaf.bench.peers;

import dev.sheaf.bench.context.Dialogues;
import dev.sheaf.bench.context.SmallDocuments;
import dev.sheaf.bench.context.SmallDocuments.Operation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Runs the context engine's peers alone and prints their results, one line of JSON each. What is
/// measured in the same run as Sheaf uses [JvmPeers] and [NodePeers] directly.
public final class PeersBenchmark {
    private static final List<String> SUITES =
            List.of("pekko", "kafka", "small-docs", "conversation", "trace");
    private static final long SEED = 7;
    private static final int DOCUMENTS = 10_000;
    private static final int OPERATIONS = 100_000;
    private static final int MESSAGES = 100_000;

    private PeersBenchmark() {}

    /// @param arguments which of the suites, all if none is named; `SUITE:PEER` runs one peer of a
    ///   suite, for instance `small-docs:yjs`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> chosen = arguments.length == 0 ? SUITES : List.of(arguments);
        for (String choice : chosen) {
            String suite = choice.split(":")[0];
            List<String> peers =
                    suite.equals(choice)
                            ? List.of()
                            : List.of(choice.substring(suite.length() + 1));
            switch (suite) {
                case "pekko" -> pekko(peers.isEmpty() ? List.of("registers-write-all") : peers);
                case "kafka" -> print(JvmPeers.kafka(10_000, 10, 500_000));
                case "small-docs", "conversation", "trace" ->
                        node(suite, peers.isEmpty() ? NodePeers.NAMES : peers);
                default ->
                        throw new IllegalArgumentException(
                                "there is no suite " + suite + "; there are " + SUITES);
            }
        }
    }

    private static void pekko(List<String> models) throws IOException, InterruptedException {
        for (String model : models) {
            print(JvmPeers.pekko(model, model.equals("registers-write-all") ? 1_200 : 150));
        }
    }

    private static void node(String suite, List<String> peers)
            throws IOException, InterruptedException {
        Optional<String> absence = NodePeers.absence();
        if (absence.isPresent()) {
            System.out.println(
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("benchmark", suite)
                            .put("skipped", absence.get()));
            return;
        }
        Path trace =
                Path.of(System.getProperty("sheaf.testdata", "../shared/testdata"))
                        .resolve("editing-traces/sequential_traces/automerge-paper.json.gz");
        if (suite.equals("trace") && !Files.exists(trace)) {
            System.out.println(
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("benchmark", suite)
                            .put(
                                    "skipped",
                                    "the property sheaf.testdata leads to no editing traces"));
            return;
        }
        Dialogues dialogues = Dialogues.load();
        Path file = Files.createTempFile(suite, ".ndjson");
        try {
            List<Operation> operations =
                    suite.equals("conversation")
                            ? SmallDocuments.conversation(SEED, MESSAGES, dialogues)
                            : SmallDocuments.operations(SEED, DOCUMENTS, OPERATIONS, dialogues);
            SmallDocuments.write(operations, file);
            for (String peer : peers) {
                print(
                        switch (suite) {
                            case "small-docs" ->
                                    NodePeers.smallDocuments(
                                            peer, file, operations, updates(peer), 20);
                            case "conversation" ->
                                    NodePeers.conversation(peer, file, operations, 30);
                            default -> NodePeers.trace(peer, trace, 30);
                        });
            }
        } finally {
            Files.delete(file);
        }
    }

    /// Making the updates is slow in all but Yjs, and it is not what is measured.
    private static int updates(String peer) {
        return peer.startsWith("yjs") ? OPERATIONS : OPERATIONS / 5;
    }

    private static void print(PeerRun peer) throws IOException, InterruptedException {
        for (JsonNode result : peer.run()) {
            System.out.println(result);
        }
    }
}
