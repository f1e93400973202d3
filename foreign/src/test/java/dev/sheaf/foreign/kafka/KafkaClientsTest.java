package dev.sheaf.foreign.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.foreign.Run;
import dev.sheaf.foreign.Sheaf;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Stock clients of Kafka with Confluent's own serialisers against the registries of two regions
/// and a real broker. Needs Kafka, which `bin/foreign` fetches; the property `sheaf.kafka.lib`
/// names another folder.
@Timeout(300)
final class KafkaClientsTest {
    private static final String AWS = "aws/us-east-1";
    private static final String AZURE = "azure/westeurope";
    private static final String PYTHON =
            Objects.requireNonNullElse(System.getenv("SHEAF_PYTHON"), "python3");

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void require() {
        KafkaBroker.require();
    }

    /// What one region's serialisers register, the other region's deserialisers find.
    @Test
    void javasAvroSerialisersUseTheRegistriesOfTwoRegions() throws Exception {
        Run clients =
                run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx400m",
                                "-cp",
                                classPath(),
                                AvroClients.class.getName()),
                        Sheaf.repository()
                                .resolve("examples/data/adventureworks/PurchaseOrderDetail.csv")
                                .toString());
        assertEquals(0, clients.status(), clients.text());
        assertEquals(
                List.of(
                        "ok exchanged 500",
                        "ok evolved 1000",
                        "ok refused",
                        "ok asked [purchases-value]"),
                clients.text().lines().filter(line -> line.startsWith("ok ")).toList());
    }

    /// Without what Spark brings: the connector's archive has all that its serialisers need.
    private static String classPath() {
        String own =
                Path.of(
                                AvroClients.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath())
                        .toString();
        String archive =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(each -> each.contains("snowflake-kafka-connector"))
                        .findFirst()
                        .orElseThrow();
        return own + File.pathSeparator + archive;
    }

    /// Avro, JSON Schema and Protobuf. Needs a Python with `confluent-kafka[avro,json,protobuf]`
    /// (`python3`, or what SHEAF_PYTHON names).
    @Test
    void pythonsSerialisersUseTheRegistriesOfTwoRegions() throws Exception {
        assumeTrue(isPythonThere(), "no " + PYTHON + " with confluent-kafka[avro,json,protobuf]");
        Run clients =
                run(
                        List.of(
                                PYTHON,
                                Path.of(
                                                Objects.requireNonNull(
                                                                KafkaClientsTest.class.getResource(
                                                                        "kafka_clients.py"))
                                                        .toURI())
                                        .toString()));
        assertEquals(0, clients.status(), clients.text());
        assertEquals(
                List.of(
                        "ok avro-clicks 200",
                        "ok avro-evolved 200",
                        "ok json-clicks 200",
                        "ok json-evolved 200",
                        "ok proto-clicks 200",
                        "ok refused avro-clicks-value 409",
                        "ok refused json-clicks-value 409",
                        "ok subjects avro-clicks-value avro-evolved-value json-clicks-value"
                                + " json-evolved-value proto-clicks-value"),
                clients.text().lines().filter(line -> line.startsWith("ok ")).toList());
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

    /// Runs a program with the broker, the registries of two regions, a token and what else it
    /// wants.
    private Run run(List<String> program, String... more) throws Exception {
        try (KafkaBroker broker =
                        KafkaBroker.start(Files.createDirectory(folder.resolve("kafka")));
                Sheaf sheaf = Sheaf.up(folder, AWS, AZURE)) {
            List<String> command = new ArrayList<>(program);
            command.add(broker.address());
            sheaf.addresses().forEach(address -> command.add(address + "/schemas"));
            command.add(sheaf.token(AWS));
            command.addAll(List.of(more));
            return Run.of(folder, Map.of(), command);
        }
    }
}
