package dev.sheaf.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The options of a node's JVM.
final class NodeJvm {
    /// What else runs on the machine.
    enum Share {
        /// The node has it to itself, but for its engine's processes: heap and collector are as the
        /// JVM finds right for the machine.
        ALONE(List.of("-XX:MaxGCPauseMillis=20")),

        /// Some nodes share it, as on a laptop: each does without a second compiler and with a
        /// small heap; of that little is young, so that collecting it keeps nobody waiting.
        SOME(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx768m", "-Xmn64m"));

        private final List<String> options;

        Share(List<String> options) {
            this.options = options;
        }
    }

    private static final List<String> OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+ExitOnOutOfMemoryError");

    private NodeJvm() {}

    /// Where [NodeRehearsal] leaves the start-up cache.
    static Path cache(Path installation) {
        return installation.resolve("cache").resolve("node.aot");
    }

    static List<String> options(Path installation, Share share) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(share.options);
        Path cache = cache(installation);
        if (Files.isReadable(cache)) {
            options.add("-XX:AOTCache=" + cache);
        }
        return options;
    }
}
