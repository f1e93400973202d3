package dev.sheaf.bench.context;

import dev.sheaf.bench.peers.NodePeers;
import dev.sheaf.context.trace.Trace;
import dev.sheaf.context.trace.TraceReader;
import dev.sheaf.context.trace.TraceReplay;
import dev.sheaf.context.trace.TraceResult;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Replays sequential editing traces, transaction by transaction, beside Yjs and Automerge. Prints
/// a line of JSON for each; a text that is not the trace's ends the run.
public final class TraceBenchmark {
    private static final int ROUNDS = 5;
    private static final int PEER_SECONDS = 8;

    private TraceBenchmark() {}

    /// @param arguments the trace that peers replay as well (`sveltecomponent` without one), then
    ///   the peers (`yjs automerge`)
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder =
                Path.of(System.getProperty("sheaf.testdata", "../shared/testdata"))
                        .resolve("editing-traces/sequential_traces");
        if (!Files.isDirectory(folder)) {
            System.out.println(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("benchmark", "trace")
                            .put("skipped", "the property sheaf.testdata leads to no traces"));
            return;
        }
        String compared = arguments.length > 0 ? arguments[0] : "sveltecomponent";
        List<String> peers =
                arguments.length > 1
                        ? List.of(arguments).subList(1, arguments.length)
                        : List.of("yjs", "automerge");
        List<Path> traces;
        try (Stream<Path> listed = Files.list(folder)) {
            traces = listed.filter(file -> file.toString().endsWith(".json.gz")).sorted().toList();
        }
        double seconds = 0;
        for (Path trace : traces) {
            double took = replay(trace);
            seconds = name(trace).equals(compared) ? took : seconds;
        }
        if (seconds > 0 && NodePeers.absence().isEmpty()) {
            Path trace = folder.resolve(compared + ".json.gz");
            for (String peer : peers) {
                for (JsonNode result : NodePeers.trace(peer, trace, PEER_SECONDS).run()) {
                    System.out.println(compared((ObjectNode) result, seconds));
                }
            }
        }
    }

    /// A peer that was stopped is compared by what it did until then.
    private static ObjectNode compared(ObjectNode result, double seconds) {
        double done = result.path("written").asDouble(1) / result.path("transactions").asDouble(1);
        double peerSeconds = result.path("writeMs").asDouble(0) / 1e3 / done;
        return result.put("sheafSeconds", Math.round(seconds * 1e4) / 1e4)
                .put("timesSheaf", Math.round(peerSeconds / seconds));
    }

    private static String name(Path trace) {
        return trace.getFileName().toString().replace(".json.gz", "");
    }

    /// @return seconds of the fastest round
    private static double replay(Path file) throws IOException {
        Trace trace;
        try (InputStream stream = Files.newInputStream(file)) {
            trace = TraceReader.read(stream);
        }
        Stopwatch best = new Stopwatch(Long.MAX_VALUE, Long.MAX_VALUE);
        TraceResult result = TraceReplay.of(trace).result();
        for (int round = 0; round < ROUNDS; round++) {
            Stopwatch begin = Stopwatch.start();
            TraceReplay replay = TraceReplay.of(trace);
            best = best.best(begin.passed());
            result = replay.result();
            if (!result.matches()) {
                throw new IllegalStateException(file + ": another text: " + result.difference());
            }
        }
        System.out.println(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("benchmark", "trace")
                        .put("trace", name(file))
                        .put("transactions", result.transactionCount())
                        .put("patches", result.patchCount())
                        .put("textEqual", true)
                        .put("seconds", best.nanos() / 1_000_000 / 1e3)
                        .put("processorSeconds", best.processorNanos() / 1_000_000 / 1e3)
                        .put("eventBytes", result.eventBytes())
                        .put("sequenceBytes", result.sequenceBytes()));
        return best.nanos() / 1e9;
    }
}
