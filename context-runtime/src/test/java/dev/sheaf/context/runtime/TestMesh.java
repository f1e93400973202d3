package dev.sheaf.context.runtime;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Several runtimes in this process, with links that can be cut.
final class TestMesh implements AutoCloseable {
    static final RegionName AWS = RegionName.parse("aws/us-east-1");
    static final RegionName AZURE = RegionName.parse("azure/westeurope");
    static final RegionName GCP = RegionName.parse("gcp/europe-west1");

    static final String NOTES =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: test.notes
            domain: testing
            versions:
              - version: "1.0"
                schema:
                  type: object
                  properties:
                    owner: {type: string}
                    title: {type: string}
                    visits: {type: integer}
                    secret: {type: string}
                    tags: {type: array, items: {type: string}}
                    lines: {type: array, items: {type: object}}
            fields:
              /visits: {merge: counter}
              /tags: {merge: set}
              /secret: {classification: secret}
            residency: {regions: [aws/us-east-1, azure/westeurope, gcp/europe-west1]}
            visibility: {secret: [aws/us-east-1, azure/westeurope]}
            staleness: important
            subject: /owner
            """;

    private final Path folder;
    private final java.util.concurrent.atomic.AtomicLong aheadNanos =
            new java.util.concurrent.atomic.AtomicLong();
    private volatile long stepNanos;
    private final Set<RegionName> regions = new TreeSet<>(Set.of(AWS, AZURE, GCP));
    private final Map<RegionName, ContextRuntime> runtimes =
            new java.util.concurrent.ConcurrentSkipListMap<>();
    private final Map<String, ExecutorService> wires = new ConcurrentHashMap<>();
    private final Set<String> up = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final List<byte[]> toGcp = java.util.Collections.synchronizedList(new ArrayList<>());

    TestMesh(Path folder) {
        this.folder = folder;
    }

    ContextRuntime start(RegionName region) {
        ContextConfig config =
                new ContextConfig(
                        "test",
                        region,
                        new TreeSet<>(regions),
                        Map.of(),
                        2,
                        1,
                        folderOf(region),
                        ByteSize.ofMebibytes(16),
                        ContextConfig.INPUTS_MAX,
                        50,
                        _ -> false);
        ContextRuntime runtime = ContextRuntime.open(config, Clock.systemUTC(), this::nanoTime);
        runtimes.put(region, runtime);
        return runtime;
    }

    private long nanoTime() {
        return System.nanoTime() + aheadNanos.addAndGet(stepNanos);
    }

    /// From now on so much more time passes whenever somebody asks for it: everything is late.
    void step(java.time.Duration time) {
        stepNanos = time.toNanos();
    }

    /// Time passes at all regions.
    void advance(java.time.Duration time) {
        aheadNanos.addAndGet(time.toNanos());
    }

    ContextRuntime at(RegionName region) {
        return java.util.Objects.requireNonNull(runtimes.get(region));
    }

    private Optional<ContextRuntime> find(RegionName region) {
        return Optional.ofNullable(runtimes.get(region));
    }

    void startAll() {
        regions.forEach(this::start);
        runtimes.values().forEach(runtime -> runtime.applyType(NOTES, "notes.yaml"));
        connectAll();
    }

    void connectAll() {
        for (RegionName a : regions) {
            for (RegionName b : regions) {
                if (a.compareTo(b) < 0) {
                    connect(a, b);
                }
            }
        }
    }

    private static String wire(RegionName from, RegionName to) {
        return from + ">" + to;
    }

    void connect(RegionName a, RegionName b) {
        if (runtimes.containsKey(a) && runtimes.containsKey(b) && up.add(wire(a, b))) {
            up.add(wire(b, a));
            // Both ends hear of the link before the first frame of either.
            CountDownLatch queued = new CountDownLatch(1);
            deliver(a, b, () -> open(b, a, queued));
            deliver(b, a, () -> open(a, b, queued));
            queued.countDown();
        }
    }

    /// A runtime may send over the new link once it was told of it, and not before.
    private void open(RegionName region, RegionName peer, CountDownLatch queued) {
        try {
            queued.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        told.add(wire(region, peer));
        find(region).ifPresent(runtime -> runtime.linkUp(peer, new Wire(region, peer)));
    }

    void cut(RegionName a, RegionName b) {
        told.remove(wire(a, b));
        told.remove(wire(b, a));
        if (up.remove(wire(a, b)) & up.remove(wire(b, a))) {
            deliver(a, b, () -> find(b).ifPresent(runtime -> runtime.linkDown(a, new Wire(b, a))));
            deliver(b, a, () -> find(a).ifPresent(runtime -> runtime.linkDown(b, new Wire(a, b))));
        }
    }

    void isolate(RegionName region) {
        new HashSet<>(regions)
                .stream()
                        .filter(other -> !other.equals(region))
                        .forEach(other -> {
                            if (runtimes.containsKey(other)) {
                                cut(region, other);
                            }
                        });
    }

    /// Stops a runtime in order.
    void stop(RegionName region) {
        isolate(region);
        ContextRuntime runtime = runtimes.remove(region);
        if (runtime != null) {
            runtime.close();
        }
    }

    List<String> digests(RegionName region) {
        return at(region).digests().stream().map(DigestEntry::digest).toList();
    }

    /// Where a region keeps its things.
    Path folderOf(RegionName region) {
        return folder.resolve(region.toString().replace('/', '_'));
    }

    /// A frame comes to a region that the peer's runtime did not send.
    void receives(RegionName region, RegionName from, byte[] frame) {
        at(region).frame(from, new Wire(region, from), frame);
    }

    List<byte[]> framesToGcp() {
        return List.copyOf(toGcp);
    }

    private void deliver(RegionName from, RegionName to, Runnable action) {
        wires.computeIfAbsent(
                        wire(from, to),
                        key ->
                                Executors.newSingleThreadExecutor(
                                        Thread.ofPlatform().daemon().factory()))
                .execute(action);
    }

    private final class Wire implements PeerLink {
        private final RegionName from;
        private final RegionName peer;

        Wire(RegionName from, RegionName peer) {
            this.from = from;
            this.peer = peer;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Wire wire && wire.from.equals(from) && wire.peer.equals(peer);
        }

        @Override
        public int hashCode() {
            return Objects.hash(from, peer);
        }

        @Override
        public boolean send(byte[] frame) {
            if (!told.contains(wire(from, peer))) {
                return false;
            }
            if (peer.equals(GCP)) {
                toGcp.add(frame);
            }
            deliver(
                    from,
                    peer,
                    () -> {
                        ContextRuntime runtime = runtimes.get(peer);
                        if (runtime != null && up.contains(wire(from, peer))) {
                            runtime.frame(from, new Wire(peer, from), frame);
                        }
                    });
            return true;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public Optional<java.time.Duration> roundTrip() {
            return Optional.empty();
        }

        @Override
        public void close(String reason) {
            cut(from, peer);
        }
    }

    @Override
    public void close() {
        Set.copyOf(runtimes.keySet()).forEach(this::stop);
        wires.values().forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService wire : wires.values()) {
                wire.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
