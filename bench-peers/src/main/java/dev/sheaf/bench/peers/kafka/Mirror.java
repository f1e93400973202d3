package dev.sheaf.bench.peers.kafka;

import dev.sheaf.bench.peers.child.ParentLink;

import org.apache.kafka.connect.mirror.MirrorMaker;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// MirrorMaker 2 in dedicated mode from broker A to broker B, set for low lag: nothing waits to be
/// filled, and only the topic itself is mirrored. Ends, with its offsets committed, when its parent
/// closes its input.
final class Mirror {
    private Mirror() {}

    /// @param arguments the ports of A and B
    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("clusters", "a,b");
        settings.put("a.bootstrap.servers", "127.0.0.1:" + arguments[0]);
        settings.put("b.bootstrap.servers", "127.0.0.1:" + arguments[1]);
        settings.put("a->b.enabled", "true");
        settings.put("a->b.topics", KafkaPeer.TOPIC);
        settings.put("b->a.enabled", "false");
        settings.put("tasks.max", "1");
        for (String factor :
                new String[] {
                    "replication.factor",
                    "checkpoints.topic.replication.factor",
                    "heartbeats.topic.replication.factor",
                    "offset-syncs.topic.replication.factor",
                    "offset.storage.replication.factor",
                    "status.storage.replication.factor",
                    "config.storage.replication.factor"
                }) {
            settings.put(factor, "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("emit.heartbeats.enabled", "false");
        settings.put("emit.checkpoints.enabled", "false");
        settings.put("sync.topic.acls.enabled", "false");
        settings.put("sync.topic.configs.enabled", "false");
        settings.put("refresh.topics.interval.seconds", "2");
        settings.put("refresh.groups.enabled", "false");
        settings.put("a.consumer.fetch.min.bytes", "1");
        settings.put("a.consumer.max.poll.records", "5000");
        settings.put("a.consumer.auto.offset.reset", "earliest");
        settings.put("b.producer.linger.ms", "0");
        settings.put("b.producer.batch.size", "262144");
        settings.put("b.producer.compression.type", "lz4");
        MirrorMaker mirror = new MirrorMaker(settings);
        mirror.start();
        ParentLink parent = new ParentLink();
        parent.answer("started");
        if (parent.order().isPresent()) {
            throw new IllegalStateException("the mirror takes no orders");
        }
        mirror.stop();
        mirror.awaitStop();
        System.exit(0);
    }
}
