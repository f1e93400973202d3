package dev.sheaf.foreign.kafka;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// A topic of a broker, written and read with whatever serialisers are given.
///
/// @param broker host and port
record Topic(String broker, String name) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Returns when the broker has all of them.
    <T> void send(Serializer<T> serializer, List<T> values)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker);
        try (KafkaProducer<String, T> producer =
                new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            for (int index = 0; index < values.size() - 1; index++) {
                producer.send(new ProducerRecord<>(name, "key-" + index, values.get(index)));
            }
            producer.send(new ProducerRecord<>(name, "last", values.get(values.size() - 1))).get();
        }
    }

    /// Reads from the beginning, as a group of consumers of its own.
    ///
    /// @throws IllegalStateException when there are not as many in a minute
    <T> List<T> receive(String group, Deserializer<T> deserializer, int count) {
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest");
        List<T> received = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, T> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), deserializer)) {
            consumer.subscribe(List.of(name));
            while (received.size() < count) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            received.size() + " of " + count + " records came from " + name);
                }
                for (ConsumerRecord<String, T> record : consumer.poll(Duration.ofSeconds(1))) {
                    received.add(record.value());
                }
            }
        }
        return received;
    }
}
