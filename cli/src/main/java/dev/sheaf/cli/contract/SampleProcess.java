package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Reads samples in a process with the node's libraries, which hold the engine; this one does not.
final class SampleProcess {
    private static final String MAIN_CLASS = "dev.sheaf.node.draft.SampleMain";
    private static final long MINUTES_MAX = 10;

    private static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Cli cli;

    SampleProcess(Cli cli) {
        this.cli = cli;
    }

    /// @param options pairs for the process
    /// @return what it answers
    /// @throws Problem the process's own, or UNAVAILABLE when it cannot be run
    JsonNode run(List<String> options) {
        try {
            Path scratch = Files.createTempDirectory("sheaf-sample");
            try {
                return run(options, scratch);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "the sample cannot be read: " + e.getMessage(), e);
        }
    }

    private JsonNode run(List<String> options, Path scratch) throws IOException {
        Path answer = scratch.resolve("answer.json");
        Path log = scratch.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath(), MAIN_CLASS));
        command.addAll(options);
        command.addAll(List.of("--answer", answer.toString(), "--scratch", scratch.toString()));
        command.addAll(List.of("--home", cli.profiles().home().resolve("engine").toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await(process);
        if (!Files.exists(answer)) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "the process that reads the sample ended with status "
                            + process.exitValue()
                            + ": "
                            + lastLine(log));
        }
        JsonNode answered = JsonMapper.shared().readTree(Files.readAllBytes(answer));
        if (!answered.has("code")) {
            return answered;
        }
        throw new Problem(
                ProblemCode.valueOf(answered.path("code").asString()),
                answered.path("message").asString());
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new Problem(
                        ProblemCode.TIMED_OUT,
                        "the sample was not read in "
                                + MINUTES_MAX
                                + " minutes; take fewer --rows");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "cancelled", e);
        } finally {
            process.destroy();
        }
    }

    private String classPath() {
        Path libraries =
                cli.installation()
                        .map(folder -> folder.resolve("lib").resolve("node"))
                        .filter(Files::isDirectory)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.INVALID_CONFIGURATION,
                                        "this installation has no lib/node, which reads"
                                                + " samples; start sheaf by its launcher"));
        return libraries + "/*";
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
