package dev.sheaf.foreign.kafka;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Kafka's producer and consumer with Confluent's Avro serialisers against the registries of two
/// regions: one is written by way of the first, and read by way of the second. Prints a line for
/// each thing that went as it should.
final class AvroClients {
    private static final int COUNT = 500;
    private static final String TOPIC = "purchases";
    private static final String SUBJECT = TOPIC + "-value";

    private final Topic topic;
    private final Map<String, Object> writing;
    private final Map<String, Object> reading;
    private final Path file;

    private AvroClients(String broker, String first, String second, String token, Path file) {
        this.topic = new Topic(broker, TOPIC);
        this.writing = settings(first, token);
        this.reading = settings(second, token);
        this.file = file;
    }

    /// @param arguments host and port of the broker, addresses of the registries of two regions, a
    ///   token, the file of orders
    public static void main(String[] arguments) throws Exception {
        AvroClients clients =
                new AvroClients(
                        arguments[0],
                        arguments[1],
                        arguments[2],
                        arguments[3],
                        Path.of(arguments[4]));
        clients.exchange();
        clients.evolve();
        clients.breakReaders();
        clients.ask();
    }

    private static Map<String, Object> settings(String registry, String token) {
        return Map.of(
                "schema.registry.url",
                registry,
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                "producer:" + token);
    }

    /// The serialiser registers the schema by itself; ids lead to it in the other region.
    private void exchange() throws IOException, ExecutionException, InterruptedException {
        List<GenericRecord> orders = Orders.read(file, Orders.FIRST, COUNT);
        topic.send(serializer(), orders);
        require(orders.equals(topic.receive("stock", reader(), COUNT)), "what was sent is read");
        say("exchanged " + COUNT);
    }

    /// A next version that breaks nobody: readers of the first read both as the first.
    private void evolve() throws IOException, ExecutionException, InterruptedException {
        topic.send(serializer(), Orders.read(file, Orders.WIDER, COUNT));
        List<GenericRecord> twice = topic.receive("old", readerOf(Orders.FIRST), 2 * COUNT);
        List<GenericRecord> orders = Orders.read(file, Orders.FIRST, COUNT);
        require(orders.equals(twice.subList(0, COUNT)), "what was written first is read");
        require(
                orders.equals(twice.subList(COUNT, 2 * COUNT)),
                "what was written with the next version is read as the first");
        List<GenericRecord> wide = topic.receive("new", readerOf(Orders.WIDER), 2 * COUNT);
        require(wide.get(0).get("product") == null, "the default stands for what is missing");
        require(Integer.valueOf(1).equals(wide.get(COUNT).get("product")), "the next is read");
        say("evolved " + twice.size());
    }

    /// The registry's no arrives as the client's own exception, and nothing is sent.
    private void breakReaders() throws IOException, InterruptedException {
        try {
            topic.send(serializer(), Orders.read(file, Orders.BREAKING, 1));
        } catch (ExecutionException refused) {
            require(
                    refused.getCause() instanceof InvalidConfigurationException
                            && String.valueOf(refused.getMessage()).contains("'approver'"),
                    "the refusal names the field: " + refused);
            say("refused");
            return;
        }
        throw new IllegalStateException("a schema that breaks its readers was taken");
    }

    /// What tools ask a registry, with Confluent's own client, in the region that has a copy.
    private void ask() throws IOException, RestClientException {
        try (SchemaRegistryClient client =
                new CachedSchemaRegistryClient(
                        List.of(String.valueOf(reading.get("schema.registry.url"))), 10, reading)) {
            require(List.of(1, 2).equals(client.getAllVersions(SUBJECT)), "two versions");
            SchemaMetadata latest = client.getLatestSchemaMetadata(SUBJECT);
            require(latest.getVersion() == 2, "the latest is the second");
            require(
                    client.getAllSubjectsById(latest.getId()).contains(SUBJECT),
                    "the id's subject");
            require(client.getAllVersionsById(latest.getId()).size() == 1, "the id's version");
            require(client.getAllSubjectsByPrefix("purch").contains(SUBJECT), "a prefix");
            require(client.getSchemas("purch", false, true).size() == 1, "the latest schemas");
            require(client.testCompatibility(SUBJECT, new AvroSchema(Orders.WIDER)), "it may");
            require(
                    !client.testCompatibilityVerbose(SUBJECT, new AvroSchema(Orders.BREAKING))
                            .isEmpty(),
                    "it may not, and why");
            require(client.getVersion(SUBJECT, new AvroSchema(Orders.FIRST)) == 1, "the first");
            require("READWRITE".equals(client.getMode()), "the mode");
            require("BACKWARD".equals(client.getCompatibility("")), "the level");
            client.updateCompatibility(SUBJECT, "FULL");
            require("FULL".equals(client.getCompatibility(SUBJECT)), "the subject's level");
            try {
                client.getLatestSchemaMetadata("nobody-value");
                throw new IllegalStateException("a subject that is not there was found");
            } catch (RestClientException absent) {
                require(absent.getErrorCode() == 40401, "no such subject: " + absent);
            }
            say("asked " + client.getAllSubjects());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Confluent's serialisers are for any object
    private Serializer<GenericRecord> serializer() {
        KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        serializer.configure(writing, false);
        return (Serializer) serializer;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // as above
    private Deserializer<GenericRecord> reader() {
        return (Deserializer) deserializer();
    }

    /// Reads everything as one version.
    private Deserializer<GenericRecord> readerOf(Schema schema) {
        KafkaAvroDeserializer deserializer = deserializer();
        return (name, bytes) -> (GenericRecord) deserializer.deserialize(name, bytes, schema);
    }

    private KafkaAvroDeserializer deserializer() {
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
        deserializer.configure(reading, false);
        return deserializer;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("it is not so: " + what);
        }
    }

    private static void say(String what) {
        System.out.println("ok " + what);
    }
}
