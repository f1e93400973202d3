package dev.sheaf.bench.policy;

import dev.sheaf.governance.decision.StandardPack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real OPA with the standard pack, on loopback.
final class OpaServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI decision;

    private OpaServer(Process process, URI decision) {
        this.process = process;
        this.decision = decision;
    }

    /// The program: named by the property `sheaf.opa`, or on the path.
    static Optional<Path> program() {
        String named = System.getProperty("sheaf.opa");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (String part : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path file = Path.of(part, "opa");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// @param folder for the pack's files
    static OpaServer start(Path program, Path folder) throws IOException, InterruptedException {
        for (String file : StandardPack.FILES) {
            Files.writeString(folder.resolve(file), StandardPack.text(file));
        }
        Files.writeString(
                folder.resolve(StandardPack.SETTINGS), StandardPack.text(StandardPack.SETTINGS));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "run",
                                "--server",
                                "--log-level",
                                "error",
                                "--addr",
                                "127.0.0.1:" + port,
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("opa.log").toFile())
                        .start();
        OpaServer server =
                new OpaServer(
                        process,
                        URI.create("http://127.0.0.1:" + port + "/v1/data/sheaf/decision"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                server.close();
                throw new IOException(Files.readString(folder.resolve("opa.log")));
            }
            Thread.sleep(50);
        }
        return server;
    }

    private boolean answers() throws InterruptedException {
        try {
            return !ask("{\"input\": {}}").isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// The answer's text.
    String ask(String body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(decision)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
