package dev.sheaf.lake.internal.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Microsoft's emulator of Azure Blob Storage, installed by npm under `target` where Node exists.
final class Azurite implements AutoCloseable {
    static final String ACCOUNT = "devstoreaccount1";
    private static final String VERSION = "3.37.0";
    private static final Path HOME = Path.of("target", "azurite").toAbsolutePath();

    private final ServerProcess process;
    private final String endpoint;

    private Azurite(ServerProcess process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /// Skips the test when there is no Node or Azurite cannot be installed.
    static Azurite start(Path directory) throws IOException, InterruptedException {
        Path blob = HOME.resolve("node_modules/azurite/dist/src/blob/main.js");
        if (!Files.exists(blob)) {
            install();
        }
        assumeTrue(Files.exists(blob), "Azurite could not be installed: no Node, or no registry");
        int port = ServerProcess.freePort();
        ServerProcess process =
                ServerProcess.start(
                        List.of(
                                "node",
                                blob.toString(),
                                "--blobHost",
                                "127.0.0.1",
                                "--blobPort",
                                Integer.toString(port),
                                "--location",
                                directory.toString(),
                                "--skipApiVersionCheck",
                                "--silent"),
                        port,
                        directory.resolve("azurite.log"));
        return new Azurite(process, "http://127.0.0.1:" + port + "/" + ACCOUNT);
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        try {
            Process npm =
                    new ProcessBuilder(
                                    "npm",
                                    "install",
                                    "--no-audit",
                                    "--no-fund",
                                    "--prefix",
                                    HOME.toString(),
                                    "azurite@" + VERSION)
                            .redirectErrorStream(true)
                            .redirectOutput(HOME.resolve("npm.log").toFile())
                            .start();
            if (!npm.waitFor(3, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
            }
        } catch (IOException e) {
            assumeTrue(false, "no Node here, so no Azurite: " + e.getMessage());
        }
    }

    String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.close();
    }
}
