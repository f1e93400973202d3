package dev.sheaf.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The options of a node's JVM. What is heavy runs in the engine's processes, so the node itself
/// does without a second compiler and with a small heap; of that little is young, so that
/// collecting it keeps nobody waiting.
final class NodeJvm {
    private static final List<String> OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx768m",
                    "-Xmn64m",
                    "-XX:+ExitOnOutOfMemoryError");

    private NodeJvm() {}

    /// Where [NodeRehearsal] leaves the start-up cache.
    static Path cache(Path installation) {
        return installation.resolve("cache").resolve("node.aot");
    }

    static List<String> options(Path installation) {
        List<String> options = new ArrayList<>(OPTIONS);
        Path cache = cache(installation);
        if (Files.isReadable(cache)) {
            options.add("-XX:AOTCache=" + cache);
        }
        return options;
    }
}
