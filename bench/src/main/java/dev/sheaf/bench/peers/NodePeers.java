package dev.sheaf.bench.peers;

import dev.sheaf.bench.context.SmallDocuments;
import dev.sheaf.bench.context.SmallDocuments.Operation;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Yjs, Automerge and Loro on Node.js: the scripts of `bench/node-peers`. One peer to a process, so
/// that none suffers from another's garbage. Each result's `digest` is compared with what the
/// operations must give.
public final class NodePeers {
    /// In the order in which results are given. `yjs` keeps a message as a plain value, which is
    /// smaller; `yjs-maps` as a map of its own, which alone lets a long list grow in linear time.
    public static final List<String> NAMES = List.of("yjs", "yjs-maps", "automerge", "loro");

    private static final Path HOME = Path.of("bench/node-peers");

    private NodePeers() {}

    /// Why they cannot run here, or empty. Installs the pinned packages when that has not been
    /// done.
    public static Optional<String> absence() throws IOException, InterruptedException {
        for (String tool : List.of("node", "npm")) {
            if (!succeeds(Path.of("."), tool, "--version")) {
                return Optional.of(tool + " is not there");
            }
        }
        if (!Files.isDirectory(HOME.resolve("node_modules")) && !succeeds(HOME, "npm", "ci")) {
            return Optional.of("npm ci fails in " + HOME);
        }
        return Optional.empty();
    }

    /// Remote updates to small documents.
    ///
    /// @param operations what [SmallDocuments#write(List, Path)] put into the file
    /// @param count how many of them are used
    /// @param seconds after which applying stops and counts what was done
    public static PeerRun smallDocuments(
            String peer, Path file, List<Operation> operations, int count, int seconds) {
        return run(
                peer,
                List.of(
                        "small-docs.mjs",
                        file.toAbsolutePath().toString(),
                        Integer.toString(count),
                        Integer.toString(seconds),
                        peer),
                result -> requireDigest(result, operations));
    }

    /// Messages appended to one conversation.
    ///
    /// @param seconds after which writing, and again applying, stops and counts what was done
    public static PeerRun conversation(
            String peer, Path file, List<Operation> operations, int seconds) {
        return run(
                peer,
                List.of(
                        "conversation.mjs",
                        file.toAbsolutePath().toString(),
                        Integer.toString(seconds),
                        peer),
                result -> requireDigest(result, operations));
    }

    /// A sequential editing trace.
    ///
    /// @param trace as the editing-traces repository has it, `.json.gz`
    /// @param seconds after which writing, and again applying, stops and counts what was done
    public static PeerRun trace(String peer, Path trace, int seconds) {
        return run(
                peer,
                List.of(
                        "trace.mjs",
                        trace.toAbsolutePath().toString(),
                        Integer.toString(seconds),
                        peer),
                result -> {
                    if (!result.path("textEqual").asBoolean(false)) {
                        throw new IllegalStateException("another text than the trace's: " + result);
                    }
                });
    }

    private static PeerRun run(String peer, List<String> arguments, Consumer<JsonNode> check) {
        List<String> command = new ArrayList<>(List.of("node", "--max-old-space-size=2048"));
        command.addAll(arguments);
        return new PeerRun(peer, command, HOME, Duration.ofMinutes(5), check);
    }

    private static void requireDigest(JsonNode result, List<Operation> operations) {
        int applied = result.path("applied").asInt(0);
        String expected = SmallDocuments.digest(operations.subList(0, applied));
        if (!result.path("digest").asString("").equals(expected)) {
            throw new IllegalStateException(
                    "the documents are not what %d operations give (%s): %s"
                            .formatted(applied, expected, result));
        }
    }

    private static boolean succeeds(Path directory, String... command)
            throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(2, TimeUnit.MINUTES)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException absent) {
            // That is how a program which does not exist is reported.
            return false;
        }
    }
}
