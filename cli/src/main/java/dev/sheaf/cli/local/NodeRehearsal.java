package dev.sheaf.cli.local;

import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts a node on an empty directory, asks it a few things and ends it, so that its JVM writes
/// the cache (JEP 514) from which later nodes start faster and in less memory. The launcher runs it
/// after each build; an installation without the cache works the same.
public final class NodeRehearsal {
    private static final Duration WRITING_MAX = Duration.ofSeconds(90);

    private NodeRehearsal() {}

    /// @param arguments the installation
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path installation = Path.of(arguments[0]).toAbsolutePath();
        Path cache = NodeJvm.cache(installation);
        Files.createDirectories(cache.resolveSibling(""));
        Path folder = Files.createTempDirectory("sheaf-rehearsal-");
        try {
            Path written =
                    cache.resolveSibling(cache.getFileName() + "." + ProcessHandle.current().pid());
            NodeStart start =
                    new NodeStart(
                            installation,
                            folder.resolve("node"),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalInt.of(0),
                            folder.resolve("log").resolve("node.log"),
                            NodeJvm.Share.SOME,
                            List.of("-XX:AOTCacheOutput=" + written));
            NodeStart.Started node = start.inBackground();
            try (SheafClient client =
                    new SheafClient(
                            node.url(),
                            TokenSource.file(folder.resolve("node/keys/operator.token")))) {
                client.node();
                client.products();
                client.domains();
            } finally {
                node.process().destroy();
                if (!node.process().waitFor(WRITING_MAX.toSeconds(), TimeUnit.SECONDS)) {
                    node.process().destroyForcibly();
                }
            }
            Files.move(written, cache, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
