package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Stock clients of Kafka with their own serialisers against the registry and a real broker. Needs
/// Kafka (`mvn -Ppeers package` puts it into `bench-peers/target/lib`, the property
/// `sheaf.kafka.lib` names another folder) and a Python with `confluent-kafka[avro,json,protobuf]`
/// (`python3`, or what the environment's SHEAF_PYTHON names); skipped without them.
@Tag("peers")
final class KafkaClientsTest extends RunningNode {
    private static final String CLUSTER = "c2hlYWYtc2NoZW1hcy10ZQ";
    private static final String PYTHON =
            Objects.requireNonNullElse(System.getenv("SHEAF_PYTHON"), "python3");

    private List<Path> libraries = List.of();

    @BeforeEach
    void require() throws IOException, InterruptedException {
        open(Clock.systemUTC());
        Path folder =
                Path.of(
                        System.getProperty(
                                "sheaf.kafka.lib",
                                System.getProperty("sheaf.repo", "..")
                                        + "/bench-peers/target/lib"));
        assumeTrue(Files.isDirectory(folder), "no Kafka at " + folder + ": mvn -Ppeers package");
        try (Stream<Path> files = Files.list(folder)) {
            libraries = files.toList();
        }
        assumeTrue(isPythonThere(), "no " + PYTHON + " with confluent-kafka[avro,json,protobuf]");
    }

    private static boolean isPythonThere() throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    PYTHON,
                                    "-c",
                                    "import confluent_kafka.schema_registry.protobuf, fastavro,"
                                            + " jsonschema")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    @Test
    void stockProducersAndConsumersUseTheRegistry() throws IOException, InterruptedException {
        int port = freePort();
        Process broker = broker(port);
        try {
            awaitPort(broker, port);
            Path script = folder.resolve("kafka_clients.py");
            try (InputStream source =
                    Objects.requireNonNull(
                            KafkaClientsTest.class.getResourceAsStream("kafka_clients.py"))) {
                Files.copy(source, script);
            }
            Process clients =
                    new ProcessBuilder(
                                    PYTHON,
                                    script.toString(),
                                    "127.0.0.1:" + port,
                                    node.url() + "/schemas",
                                    Files.readString(folder.resolve("data/keys/operator.token"))
                                            .strip())
                            .redirectErrorStream(true)
                            .start();
            String told =
                    new String(clients.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, clients.waitFor(), told);
            assertTrue(told.contains("ok avro-clicks 200"), told);
            assertTrue(told.contains("ok avro-evolved 200"), told);
            assertTrue(told.contains("ok json-clicks 200"), told);
            assertTrue(told.contains("ok proto-clicks 200"), told);
            assertTrue(told.contains("ok refused 409"), told);
            assertTrue(
                    told.contains(
                            "ok subjects avro-clicks-value avro-evolved-value json-clicks-value"
                                    + " proto-clicks-value"),
                    told);
        } finally {
            broker.destroy();
            assertTrue(broker.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private Process broker(int port) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("kafka"));
        Path properties = home.resolve("server.properties");
        int controller = freePort();
        Files.writeString(
                properties,
                """
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
                        .formatted(port, controller, home.resolve("log")));
        Process format =
                java(
                        home,
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        CLUSTER,
                        "-c",
                        properties.toString());
        assertEquals(0, format.waitFor(), () -> read(home.resolve("out.log")));
        return java(home, "kafka.Kafka", properties.toString());
    }

    private Process java(Path home, String main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx400m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                String.join(
                                        java.io.File.pathSeparator,
                                        libraries.stream().map(Path::toString).toList()),
                                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out.log").toFile())
                .start();
    }

    private void awaitPort(Process broker, int port) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
                return;
            } catch (IOException e) {
                assertTrue(broker.isAlive(), () -> read(folder.resolve("kafka/out.log")));
                Thread.sleep(100);
            }
        }
        throw new AssertionError(read(folder.resolve("kafka/out.log")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
