package dev.sheaf.bench.peers;

import tools.jackson.databind.JsonNode;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The programs of `bench-peers`, each on a class path of its own. `bin/bench` builds them.
public final class JvmPeers {
    private static final Path HOME = Path.of("bench-peers/target");

    private JvmPeers() {}

    /// Apache Pekko Distributed Data, three processes. Takes up to a minute and 1.5 GB.
    ///
    /// @param model how values are laid out: `registers-write-all` (the fastest),
    ///   `registers-gossip`, `maps-write-all` or `maps-delta`
    /// @param firstRate updates per second tried first, of all three together
    public static PeerRun pekko(String model, int firstRate) {
        return run(
                "pekko-ddata",
                "dev.sheaf.bench.peers.pekko.PekkoPeer",
                Duration.ofMinutes(5),
                "converged",
                model,
                Integer.toString(firstRate));
    }

    /// MirrorMaker 2 between two Kafka brokers. Takes up to a minute and 2 GB.
    ///
    /// @param eventsPerSecond while the lag is measured
    /// @param seconds how long
    /// @param backlog records that gather while the mirror is stopped
    public static PeerRun kafka(int eventsPerSecond, int seconds, int backlog) {
        return run(
                "kafka-mirror",
                "dev.sheaf.bench.peers.kafka.KafkaPeer",
                Duration.ofMinutes(5),
                "complete",
                Integer.toString(eventsPerSecond),
                Integer.toString(seconds),
                Integer.toString(backlog));
    }

    private static PeerRun run(
            String name, String main, Duration timeLimit, String answer, String... arguments) {
        if (!Files.isDirectory(HOME.resolve("lib"))) {
            throw new IllegalStateException(
                    "%s is not built: mvn -Ppeers -pl bench-peers -am package".formatted(HOME));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.add("-cp");
        command.add(
                HOME.resolve("classes").toAbsolutePath()
                        + File.pathSeparator
                        + HOME.resolve("lib").toAbsolutePath()
                        + File.separator
                        + "*");
        command.add(main);
        command.addAll(List.of(arguments));
        return new PeerRun(
                name, command, HOME, timeLimit, result -> requireTrue(name, result, answer));
    }

    private static void requireTrue(String name, JsonNode result, String answer) {
        if (!result.path(answer).asBoolean(false)) {
            throw new IllegalStateException(name + " is not " + answer + ": " + result);
        }
    }
}
