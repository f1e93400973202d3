package dev.sheaf.cli.local;

import dev.sheaf.cli.profile.PrivateFile;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.client.HealthReport;
import dev.sheaf.client.HealthStatus;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Starts a node as a process of its own and waits until it can work.
///
/// In the background it survives the terminal it was started from: it has a session of its own
/// where the system knows `setsid`, and hang-ups and interrupts do not reach it.
///
/// @param installation the folder with `lib/node`
/// @param dataDirectory absolute
/// @param config a configuration file instead of the one in the data directory
/// @param region empty to leave it to the configuration
/// @param port empty to leave it to the configuration, 0 for any free one
/// @param log where its output goes; the one before it is kept as `….1`
/// @param share of the machine
/// @param javaOptions more options for its JVM
record NodeStart(
        Path installation,
        Path dataDirectory,
        Optional<Path> config,
        Optional<RegionName> region,
        OptionalInt port,
        Path log,
        NodeJvm.Share share,
        List<String> javaOptions) {
    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int LOG_LINES_SHOWN = 12;

    private static final String DETACH =
            "trap '' HUP INT; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else"
                    + " exec \"$@\"; fi";

    /// A node that is ready.
    record Started(Process process, URI url) {}

    Started inBackground() {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACH, "sheaf-node"));
        command.addAll(nodeCommand());
        try {
            keepPreviousLog();
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectInput(Path.of("/dev/null").toFile());
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return awaitReady(builder.start());
        } catch (IOException e) {
            throw cannotStart(e);
        }
    }

    /// The node writes to this process's own streams, and both get the terminal's signals.
    Started inForeground() {
        try {
            return awaitReady(new ProcessBuilder(nodeCommand()).inheritIO().start());
        } catch (IOException e) {
            throw cannotStart(e);
        }
    }

    private List<String> nodeCommand() {
        Path libraries = installation.resolve("lib").resolve("node");
        if (!Files.isDirectory(libraries)) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "this installation has no node: " + libraries + " is missing");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(NodeJvm.options(installation, share));
        command.addAll(javaOptions);
        command.add("-cp");
        command.add(libraries + "/*");
        command.add(LocalNode.MAIN_CLASS);
        command.add("--data");
        command.add(dataDirectory.toString());
        config.ifPresent(file -> command.addAll(List.of("--config", file.toString())));
        region.ifPresent(name -> command.addAll(List.of("--region", name.toString())));
        port.ifPresent(number -> command.addAll(List.of("--port", Integer.toString(number))));
        return command;
    }

    private void keepPreviousLog() throws IOException {
        PrivateFile.createFolder(log.toAbsolutePath().resolveSibling(""));
        if (Files.exists(log)) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Started awaitReady(Process process) {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        String last = "it has not said where it listens";
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new Problem(
                        ProblemCode.UNAVAILABLE,
                        "the node ended while it started (exit status "
                                + process.exitValue()
                                + ")"
                                + lastLogLines());
            }
            Optional<URI> url = address(process);
            if (url.isPresent()) {
                Optional<String> notYet = notReady(url.get());
                if (notYet.isEmpty()) {
                    return new Started(process, url.get());
                }
                last = notYet.get();
            }
            pause(process);
        }
        process.destroy();
        throw new Problem(
                ProblemCode.TIMED_OUT,
                "the node was not ready after "
                        + READY_MAX.toSeconds()
                        + " s ("
                        + last
                        + ") and was stopped"
                        + lastLogLines());
    }

    private Optional<URI> address(Process process) {
        return LocalNode.find(dataDirectory)
                .filter(node -> node.process().pid() == process.pid() && node.port().isPresent())
                .map(node -> URI.create("http://127.0.0.1:" + node.port().getAsInt()));
    }

    private static Optional<String> notReady(URI url) {
        try (SheafClient client = new SheafClient(url, NodeStart::noToken)) {
            HealthReport report = client.ready();
            return report.status() == HealthStatus.OK
                    ? Optional.empty()
                    : Optional.of("it says " + report.checks());
        } catch (Problem e) {
            return Optional.of(e.message());
        }
    }

    private static String noToken() {
        throw new Problem(ProblemCode.UNAUTHENTICATED, "readiness needs no token");
    }

    private static void pause(Process process) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "interrupted; the node was stopped", e);
        }
    }

    private String lastLogLines() {
        if (!Files.exists(log)) {
            return "";
        }
        try {
            List<String> lines =
                    new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
            List<String> shown =
                    lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
            return ". The end of "
                    + log
                    + ":\n"
                    + Glyphs.harmlessLines("  | " + String.join("\n  | ", shown));
        } catch (IOException e) {
            return ". Its log " + log + " cannot be read: " + e;
        }
    }

    private static Problem cannotStart(IOException e) {
        return new Problem(ProblemCode.UNAVAILABLE, "cannot start a node: " + e, e);
    }
}
