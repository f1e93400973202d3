package dev.sheaf.bench.peers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One run of a peer in a process of its own. Each line of its standard output that begins with `{`
/// is a result; everything else it prints is only shown when it fails.
///
/// The answers in a result are checked before anybody sees its times: a run whose check throws has
/// no result. When the run ends, however it ends, the process that was started and its descendants
/// are gone. Safe to share; every [#run()] starts anew.
///
/// @param name for messages, as in `kafka-mirror`
/// @param directory the process's working directory
/// @param timeLimit after which it is ended and the run fails
/// @param check throws IllegalStateException when a result's answer is wrong
public record PeerRun(
        String name,
        List<String> command,
        Path directory,
        Duration timeLimit,
        Consumer<JsonNode> check) {
    private static final int SHOWN_LINES = 30;

    /// @return at least one result, in the order printed
    /// @throws IllegalStateException when the peer fails, takes too long, gives no result or a
    ///   wrong one
    public List<JsonNode> run() throws IOException, InterruptedException {
        Path errors = Files.createTempFile("peer-", ".err");
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(errors.toFile())
                        .start();
        Thread ending = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            List<String> lines = read(process, errors);
            List<JsonNode> results = new ArrayList<>();
            for (String line : lines) {
                if (line.startsWith("{")) {
                    JsonNode result = JsonMapper.shared().readTree(line);
                    check.accept(result);
                    results.add(result);
                }
            }
            if (process.exitValue() != 0 || results.isEmpty()) {
                String what =
                        "ended with exit code %d and %d results"
                                .formatted(process.exitValue(), results.size());
                throw failure(what, lines, errors);
            }
            return results;
        } finally {
            end(process);
            Runtime.getRuntime().removeShutdownHook(ending);
            Files.delete(errors);
        }
    }

    private List<String> read(Process process, Path errors)
            throws IOException, InterruptedException {
        FutureTask<List<String>> reading =
                new FutureTask<>(() -> {
                    try (BufferedReader output = process.inputReader()) {
                        return output.lines().toList();
                    }
                });
        Thread.ofVirtual().name("output of " + name).start(reading);
        if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failure("is not done after " + timeLimit.toSeconds() + " s", List.of(), errors);
        }
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot read what peer " + name + " prints", e.getCause());
        }
    }

    private IllegalStateException failure(String what, List<String> lines, Path errors)
            throws IOException {
        List<String> shown = new ArrayList<>(lines);
        shown.addAll(Files.readAllLines(errors));
        return new IllegalStateException(
                "peer %s %s; it printed:%n%s"
                        .formatted(
                                name,
                                what,
                                String.join(
                                        System.lineSeparator(),
                                        shown.subList(
                                                Math.max(0, shown.size() - SHOWN_LINES),
                                                shown.size()))));
    }

    private static void end(Process process) {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
    }
}
