package dev.sheaf.bench.peers.kafka;

import dev.sheaf.bench.peers.child.Lags;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.BitSet;

/// What has come out at broker B, each record counted once. One thread uses it.
final class Arrivals {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final BitSet numbers = new BitSet();
    private long copies;
    private long firstNanos;
    private long lastNanos;

    Arrivals(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Takes what is there.
    ///
    /// @param lags to which the lag of each record seen for the first time is added
    void poll(Lags lags) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        long now = System.nanoTime();
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                int number = Math.toIntExact(Events.number(record.value()));
                if (numbers.get(number)) {
                    copies++;
                    continue;
                }
                numbers.set(number);
                lags.add((now - Events.nanos(record.value())) / 1_000);
                if (firstNanos == 0) {
                    firstNanos = now;
                }
                lastNanos = now;
            }
        }
    }

    /// @throws IllegalStateException when they do not come in time
    void awaitUntil(long count, Duration timeLimit, Lags lags) {
        long deadline = System.nanoTime() + timeLimit.toNanos();
        while (numbers.cardinality() < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only %d of %d records are mirrored after %d s"
                                .formatted(numbers.cardinality(), count, timeLimit.toSeconds()));
            }
            poll(lags);
        }
    }

    /// From here on [#span()] begins with the next record.
    void restart() {
        firstNanos = 0;
    }

    /// From the first record seen to the last.
    Duration span() {
        return Duration.ofNanos(lastNanos - firstNanos);
    }

    /// Whether exactly the records from 0 to this number, without it, have come.
    boolean complete(long count) {
        return numbers.cardinality() == count && numbers.nextClearBit(0) == count;
    }

    /// Records that came more than once.
    long copies() {
        return copies;
    }
}
