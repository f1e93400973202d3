package dev.sheaf.bench.peers.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import dev.sheaf.bench.peers.child.ParentLink;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// One of the three processes. Orders: `fill`, `write RATE SECONDS`, `sum`, `lags`; each is
/// answered when it is done.
final class PekkoMember {
    static final int MEMBERS = 3;
    static final int KEYS = 10_000;

    private PekkoMember() {}

    /// @param arguments its number from 0, its port, the first member's port, the [Model]'s label
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int number = Integer.parseInt(arguments[0]);
        Model model = Model.of(arguments[3]);
        ActorSystem system =
                ActorSystem.create(
                        "bench",
                        config(arguments[1], arguments[2], model),
                        PekkoMember.class.getClassLoader());
        Cluster cluster = Cluster.get(system);
        while (members(cluster) < MEMBERS) {
            Thread.sleep(50);
        }
        Observations seen = new Observations(KEYS);
        ActorRef replica =
                system.actorOf(
                        Props.create(Replica.class, () -> new Replica(model, seen)), "replica");
        ParentLink parent = new ParentLink();
        parent.answer("ready");
        Writer writer = new Writer(number, replica);
        for (Optional<String> order = parent.order(); order.isPresent(); order = parent.order()) {
            String[] words = order.get().split(" ");
            switch (words[0]) {
                case "fill" -> parent.answer(writer.fill());
                case "write" -> {
                    seen.restart();
                    parent.answer(
                            writer.write(
                                    Integer.parseInt(words[1]),
                                    Duration.ofSeconds(Long.parseLong(words[2]))));
                }
                case "sum" -> parent.answer(Long.toString(seen.sum()));
                case "lags" -> parent.answer(seen.lags());
                default -> throw new IllegalArgumentException("no such order: " + order.get());
            }
        }
        system.terminate();
        Runtime.getRuntime().halt(0);
    }

    private static long members(Cluster cluster) {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .count();
    }

    private static Config config(String port, String firstPort, Model model) {
        return ConfigFactory.parseString(
                        """
                        pekko {
                          loglevel = ERROR
                          stdout-loglevel = ERROR
                          actor.provider = cluster
                          remote.artery {
                            transport = tcp
                            canonical { hostname = "127.0.0.1", port = %s }
                            advanced {
                              maximum-frame-size = 4 MiB
                              outbound-message-queue-size = 100000
                            }
                          }
                          cluster {
                            seed-nodes = ["pekko://bench@127.0.0.1:%s"]
                            jmx.enabled = off
                            gossip-interval = 200 ms
                            leader-actions-interval = 200 ms
                            periodic-tasks-initial-delay = 200 ms
                            distributed-data {
                              gossip-interval = ${sheaf.gossip}
                              notify-subscribers-interval = ${sheaf.notify}
                              max-delta-elements = ${sheaf.elements}
                              delta-crdt { enabled = on, max-delta-size = 1000 }
                            }
                          }
                        }
                        # The settings that matter; the environment can give others, to look for better ones.
                        sheaf { gossip = %s, notify = 10 ms, elements = 500 }
                        sheaf.gossip = ${?PEKKO_GOSSIP}
                        sheaf.notify = ${?PEKKO_NOTIFY}
                        sheaf.elements = ${?PEKKO_ELEMENTS}
                        """
                                .formatted(port, firstPort, model.gossip()))
                .withFallback(ConfigFactory.load())
                .resolve();
    }
}
