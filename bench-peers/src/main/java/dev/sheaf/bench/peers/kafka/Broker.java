package dev.sheaf.bench.peers.kafka;

import dev.sheaf.bench.peers.child.ParentLink;

import kafka.Kafka;
import kafka.tools.StorageTool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A broker that is its own KRaft controller. Ends when its parent does.
final class Broker {
    private static final String CLUSTER_ID = "c2hlYWYtYmVuY2gtcGVlcg";

    private Broker() {}

    /// @param arguments an empty directory, the port for clients, the port of the controller
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path properties = directory.resolve("server.properties");
        Files.writeString(properties, properties(directory, arguments[1], arguments[2]));
        PrintStream log =
                new PrintStream(
                        Files.newOutputStream(directory.resolve("format.log")),
                        true,
                        StandardCharsets.UTF_8);
        int formatted =
                StorageTool.execute(
                        new String[] {"format", "-t", CLUSTER_ID, "-c", properties.toString()},
                        log);
        if (formatted != 0) {
            throw new IllegalStateException(
                    "cannot format the log directory: "
                            + Files.readString(directory.resolve("format.log")));
        }
        Thread.ofPlatform()
                .daemon()
                .name("broker")
                .start(() -> Kafka.main(new String[] {properties.toString()}));
        ParentLink parent = new ParentLink();
        parent.answer("started");
        if (parent.order().isPresent()) {
            throw new IllegalStateException("a broker takes no orders");
        }
        System.exit(0);
    }

    private static String properties(Path directory, String port, String controllerPort) {
        return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$s
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$s,CONTROLLER://127.0.0.1:%2$s
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$s
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        num.network.threads=2
        num.io.threads=4
        """
                .formatted(port, controllerPort, directory.resolve("log"));
    }
}
