package dev.sheaf.foreign.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.foreign.Sheaf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A broker of Kafka in a process of its own, which is its own controller, too.
final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER = "c2hlYWYtc2NoZW1hcy10ZQ";

    private final Path home;
    private final int port;
    private final Process process;

    private KafkaBroker(Path home) throws IOException, InterruptedException {
        this.home = home;
        port = freePort();
        Path properties = home.resolve("server.properties");
        Files.writeString(properties, properties());
        Process format =
                java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        CLUSTER,
                        "-c",
                        properties.toString());
        assertEquals(0, format.waitFor(), this::log);
        process = java("kafka.Kafka", properties.toString());
    }

    /// Skips the test where there is no Kafka.
    static void require() {
        assumeTrue(
                Files.isDirectory(libraries()),
                () -> "no Kafka at " + libraries() + ": mvn -Ppeers package");
    }

    /// Returns when it listens.
    ///
    /// @param home an empty folder
    static KafkaBroker start(Path home) throws IOException, InterruptedException {
        KafkaBroker broker = new KafkaBroker(home);
        broker.awaitPort();
        return broker;
    }

    private static Path libraries() {
        String named = System.getProperty("sheaf.kafka.lib", "");
        return named.isEmpty()
                ? Sheaf.repository().resolve("bench-peers/target/lib")
                : Path.of(named);
    }

    /// Host and port.
    String address() {
        return "127.0.0.1:" + port;
    }

    private String properties() throws IOException {
        return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$s
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$s,CONTROLLER://127.0.0.1:%2$s
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$s
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        num.partitions=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        """
                .formatted(port, freePort(), home.resolve("log"));
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx400m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                libraries().resolve("*").toString(),
                                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out.log").toFile())
                .start();
    }

    private void awaitPort() throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                return;
            } catch (IOException notYet) {
                assertTrue(process.isAlive(), this::log);
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new AssertionError(log());
    }

    private String log() {
        try {
            return Files.readString(home.resolve("out.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
}
