package dev.sheaf.node.replicas;

import dev.sheaf.client.ReplicaInfo;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.query.federation.HeldReleases;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Copies of other regions' products in this one. Each home has a thread of its own, so that one
/// that is dead delays nothing of the others. For any thread.
public final class Replicas implements HeldReleases, ContextNode.MemberListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<RegionName, HomeCopies> homes = new ConcurrentSkipListMap<>();
    private final Path folder;
    private final ReplicaRoom room;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private boolean isStarted;

    private Replicas(Path folder, ReplicaRoom room, Duration interval) {
        this.folder = folder;
        this.room = room;
        this.interval = interval;
    }

    /// Nothing is asked before [#start].
    ///
    /// @param folder made when it is not there; a folder in it for each home
    /// @param peers regions that this one has links with; what is here of others is deleted
    public static Replicas open(
            Path folder, Collection<RegionName> peers, ReplicaRoom room, Duration interval) {
        Replicas replicas = new Replicas(folder, room, interval);
        peers.forEach(replicas::add);
        replicas.forgetStrangers();
        return replicas;
    }

    private HomeCopies add(RegionName peer) {
        HomeCopies copies = new HomeCopies(peer, room, folder.resolve(name(peer)));
        homes.put(peer, copies);
        return copies;
    }

    /// The region has joined the mesh.
    @Override
    public synchronized void welcomed(RegionName region, String url) {
        if (!homes.containsKey(region)) {
            HomeCopies copies = add(region);
            if (isStarted) {
                start(copies);
            }
        }
    }

    /// Copies of its products are read no more, and go at the next start.
    @Override
    public synchronized void dismissed(RegionName region) {
        homes.remove(region);
    }

    private static String name(RegionName region) {
        return region.toString().replace('/', '_');
    }

    private void forgetStrangers() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> folders = Files.list(folder)) {
                for (Path each : folders.filter(Files::isDirectory).toList()) {
                    RegionName region =
                            RegionName.parse(each.getFileName().toString().replace('_', '/'));
                    if (!homes.containsKey(region)) {
                        LOG.info("{} is no peer any more; copies of its products go", region);
                        new HomeCopies(region, room, each).removeAll();
                        Files.deleteIfExists(each);
                    }
                }
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the folder of replicas " + folder + " cannot be read",
                    e);
        }
    }

    public synchronized void start() {
        isStarted = true;
        homes.values().forEach(this::start);
    }

    private void start(HomeCopies home) {
        threads.add(
                Thread.ofVirtual()
                        .name("replicas-of-" + name(home.home()))
                        .start(() -> follow(home)));
    }

    private void follow(HomeCopies home) {
        try {
            do {
                if (homes.get(home.home()) != home) {
                    return; // no peer any more
                }
                try {
                    home.turn();
                } catch (RuntimeException e) {
                    LOG.error("looking after replicas of {} failed", home.home(), e);
                }
            } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Held> find(ProductName product, RegionName home, long release) {
        return Optional.ofNullable(homes.get(home))
                .flatMap(copies -> copies.find(product, release));
    }

    /// In order of home and product.
    List<ReplicaInfo> list() {
        List<ReplicaInfo> list = new ArrayList<>();
        homes.values().forEach(home -> list.addAll(new ReplicaStates(home, room).list()));
        list.sort(Comparator.comparing(ReplicaInfo::home).thenComparing(ReplicaInfo::product));
        return list;
    }

    /// Bytes of whole copies that lie here.
    public long bytesHeld() {
        return homes.values().stream()
                .flatMap(home -> home.copies().stream())
                .filter(copy -> copy.state() == CopyRecord.State.HELD)
                .mapToLong(CopyRecord::bytes)
                .sum();
    }

    /// Since the node started.
    public long bytesFetched() {
        return room.counters().bytes.sum();
    }

    /// Since the node started.
    public long failures() {
        return room.counters().failures.sum();
    }

    /// What is on its way stays in parts, and is gone on with after the next start.
    @Override
    public void close() {
        room.stopped().set(true);
        stop.countDown();
        for (Thread thread : threads) {
            try {
                if (!thread.join(PATIENCE)) {
                    LOG.warn("{} does not end", thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
