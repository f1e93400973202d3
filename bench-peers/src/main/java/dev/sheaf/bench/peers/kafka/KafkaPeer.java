package dev.sheaf.bench.peers.kafka;

import dev.sheaf.bench.peers.child.ChildProcess;
import dev.sheaf.bench.peers.child.Lags;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Measures MirrorMaker 2 between two brokers on loopback: the lag from producing at A (acks=all)
/// to consuming at B, and how fast a backlog comes over that gathered while the mirror was stopped.
/// Prints one line of JSON.
public final class KafkaPeer {
    static final String TOPIC = "events";
    private static final String MIRRORED = "a." + TOPIC;
    private static final int PARTITIONS = 2;
    private static final int HEAP_MB = 512;

    private final Path directory;
    private final List<ChildProcess> brokers = new ArrayList<>();
    private final List<Integer> ports;
    private final Events events = new Events();
    private long produced;

    private KafkaPeer(Path directory, List<Integer> ports) {
        this.directory = directory;
        this.ports = ports;
    }

    /// @param arguments optionally: events per second, seconds at that rate, records of backlog
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int backlog = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500_000;
        KafkaPeer peer = new KafkaPeer(Files.createTempDirectory("kafka-peer"), freePorts(4));
        try {
            System.out.println(peer.measure(rate, seconds, backlog));
        } finally {
            for (ChildProcess broker : peer.brokers) {
                broker.close();
            }
            delete(peer.directory);
        }
    }

    private String measure(int rate, int seconds, int backlog)
            throws IOException, InterruptedException, ExecutionException {
        for (int i = 0; i < 2; i++) {
            Path own = Files.createDirectories(directory.resolve("broker-" + i));
            brokers.add(
                    ChildProcess.start(
                            "broker " + i,
                            HEAP_MB,
                            Broker.class,
                            own,
                            own.toString(),
                            ports.get(i).toString(),
                            ports.get(i + 2).toString()));
        }
        createTopics();
        Lags lags = new Lags();
        Lags ignored = new Lags();
        long residentMb;
        try (KafkaProducer<byte[], byte[]> producer = producer();
                KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Arrivals arrivals = new Arrivals(consumer);
            try (ChildProcess mirror = mirror()) {
                // The first records wait for the mirror's start, the next two seconds for its
                // compiler.
                produce(producer, 100, 1_000);
                arrivals.awaitUntil(produced, Duration.ofSeconds(40), ignored);
                phase(producer, arrivals, rate, 2, ignored);
                phase(producer, arrivals, rate, seconds, lags);
                residentMb = mirror.residentMb();
                for (ChildProcess broker : brokers) {
                    residentMb += broker.residentMb();
                }
            }
            long before = produced;
            produce(producer, backlog, Integer.MAX_VALUE);
            arrivals.restart();
            try (ChildProcess mirror = mirror()) {
                arrivals.awaitUntil(before + backlog, Duration.ofSeconds(60), ignored);
            }
            return String.format(
                    Locale.ROOT,
                    "{\"peer\":\"kafka-mirror\",\"version\":\"4.3.1\",\"eventsPerSecond\":%d,\"seconds\":%d,"
                        + "\"recordBytes\":%d,\"lagMsP50\":%s,\"lagMsP99\":%s,\"lagSamples\":%d,"
                        + "\"catchUpRecords\":%d,\"catchUpRecordsPerSecond\":%.0f,\"complete\":%b,"
                        + "\"copies\":%d,\"residentMb\":%d}",
                    rate,
                    seconds,
                    Events.BYTES,
                    lags.milliseconds(0.5),
                    lags.milliseconds(0.99),
                    lags.size(),
                    backlog,
                    backlog / (arrivals.span().toNanos() / 1e9),
                    arrivals.complete(produced),
                    arrivals.copies(),
                    residentMb);
        }
    }

    /// Produces on one thread and consumes on this one until everything has come.
    private void phase(
            KafkaProducer<byte[], byte[]> producer,
            Arrivals arrivals,
            int rate,
            int seconds,
            Lags lags)
            throws InterruptedException, ExecutionException {
        long until = produced + (long) rate * seconds;
        FutureTask<Boolean> producing =
                new FutureTask<>(() -> produce(producer, rate * seconds, rate), true);
        Thread.ofPlatform().name("producer").start(producing);
        arrivals.awaitUntil(until, Duration.ofSeconds(seconds + 20L), lags);
        producing.get();
    }

    private void produce(KafkaProducer<byte[], byte[]> producer, int count, int perSecond) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            byte[] event = events.event(produced, System.nanoTime());
            producer.send(new ProducerRecord<>(TOPIC, (int) (produced % PARTITIONS), null, event));
            produced++;
        }
        producer.flush();
    }

    private ChildProcess mirror() throws IOException, InterruptedException {
        ChildProcess mirror =
                ChildProcess.start(
                        "mirror",
                        HEAP_MB,
                        Mirror.class,
                        directory,
                        ports.get(0).toString(),
                        ports.get(1).toString());
        mirror.answer(40);
        return mirror;
    }

    private String address(int broker) {
        return "127.0.0.1:" + ports.get(broker);
    }

    private void createTopics() throws InterruptedException, ExecutionException {
        for (int broker = 0; broker < 2; broker++) {
            String topic = broker == 0 ? TOPIC : MIRRORED;
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(broker)))) {
                admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", address(0),
                        "acks", "all",
                        "linger.ms", "0",
                        "batch.size", "65536",
                        "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", address(1),
                                "enable.auto.commit", "false",
                                "auto.offset.reset", "earliest",
                                "fetch.min.bytes", "1",
                                "max.poll.records", "5000"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new TopicPartition(MIRRORED, partition));
        }
        consumer.assign(partitions);
        return consumer;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
