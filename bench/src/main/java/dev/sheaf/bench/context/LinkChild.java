package dev.sheaf.bench.context;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.BatchReader;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.node.links.Link;
import dev.sheaf.node.links.LinkHandler;
import dev.sheaf.node.links.Links;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The other process of [LinkBenchmark]: answers one line on its standard output for each on its
/// input, and ends with the input.
public final class LinkChild {
    private LinkChild() {}

    /// @param arguments `raw` or `node`, the folder, the own port, the peer's
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        int peerPort = Integer.parseInt(arguments[3]);
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (arguments[0].equals("raw")) {
            try (Links _ =
                    LinkedNode.open(
                            folder,
                            SessionNode.AZURE,
                            port,
                            SessionNode.AWS,
                            peerPort,
                            new Counting())) {
                say("ready");
                while (orders.readLine() != null) {
                    say("ready");
                }
            }
        } else {
            serve(orders, folder, port, peerPort);
        }
    }

    private static void serve(BufferedReader orders, Path folder, int port, int peerPort)
            throws IOException {
        ConcurrentSkipListMap<Integer, Long> seenMicros = new ConcurrentSkipListMap<>();
        try (LinkedNode node =
                new LinkedNode(folder, SessionNode.AZURE, port, SessionNode.AWS, peerPort)) {
            Thread.ofPlatform().daemon().name("watch").start(() -> watch(node, seenMicros));
            say("ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                switch (order) {
                    case "state" -> say(node.state());
                    case "events" -> say(Long.toString(node.link().eventsIn()));
                    case "seen" -> say(seenMicros.toString().replace(" ", ""));
                    case "resident" -> say(Long.toString(SessionNode.residentMegabytes()));
                    default -> throw new IllegalArgumentException("no order: " + order);
                }
            }
        }
    }

    /// Remembers when changes of the probe became visible.
    private static void watch(LinkedNode node, ConcurrentSkipListMap<Integer, Long> seenMicros) {
        try (Watch watch =
                node.runtime()
                        .watch(
                                SessionType.NAME,
                                Optional.of(LinkBenchmark.PROBE),
                                Optional.empty())) {
            while (true) {
                Optional<Watch.Change> change = watch.next(Duration.ofSeconds(1));
                change.ifPresent(seen ->
                        seenMicros.put(
                                Integer.parseInt(seen.eventId().substring("probe-".length())),
                                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String line) {
        System.out.println("> " + line);
    }

    /// Decodes batches and counts their events; an empty frame asks for the count.
    private static final class Counting implements LinkHandler {
        private final BatchReader reader;
        private long events;

        Counting() {
            ActorTable actors = new ActorTable();
            reader =
                    new BatchReader(
                            new BatchDecompression(id -> Optional.empty()), actors::indexOf);
        }

        @Override
        public void up(Link link) {}

        @Override
        public void frame(Link link, byte[] frame) {
            if (frame.length == 1) {
                link.send(ByteBuffer.allocate(Long.BYTES).putLong(events).array());
            } else {
                reader.read(frame, 0, frame.length, (scope, shard, event) -> events++);
            }
        }

        @Override
        public void writable(Link link) {}

        @Override
        public void down(Link link, String reason) {}
    }
}
