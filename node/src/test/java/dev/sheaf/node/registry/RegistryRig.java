package dev.sheaf.node.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.runtime.ContextConfig;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.PeerLink;
import dev.sheaf.context.runtime.wire.FrameReader;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.pki.MeshFiles;
import dev.sheaf.node.pki.MeshKeys;
import dev.sheaf.node.pki.MeshMember;
import dev.sheaf.node.pki.MeshRules;
import dev.sheaf.node.pki.MeshSignatures;
import dev.sheaf.node.pki.Revocations;
import dev.sheaf.registry.Catalog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/// The registries of three regions over real context engines and real signatures, with links in
/// this process whose frames can be looked at.
final class RegistryRig implements AutoCloseable {
    static final RegionName AWS = RegionName.parse("aws/us-east-1");
    static final RegionName AZURE = RegionName.parse("azure/westeurope");
    static final RegionName GCP = RegionName.parse("gcp/europe-west1");
    private static final List<RegionName> ALL = List.of(AWS, AZURE, GCP);

    /// The first byte of frames that carry messages; others are greetings.
    private static final byte MESSAGES = 0x46;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<RegionName, Side> sides = new TreeMap<>();
    private final List<ExecutorService> wires = new ArrayList<>();
    private final Map<RegionName, List<byte[]>> frames = new TreeMap<>();

    /// One region.
    static final class Side implements AutoCloseable {
        final ContextRuntime runtime;
        final MeshDocuments documents;
        final WrittenManifests written;
        final Catalog catalog = new Catalog();
        final FaultBook faults = new FaultBook(Clock.systemUTC());
        final Proposals proposals;

        /// Documents of this region that another has touched.
        final LinkedBlockingQueue<DocumentPlace> touched = new LinkedBlockingQueue<>();

        private final List<DocumentFollower> followers = new ArrayList<>();

        Side(RegionName region, Path folder) {
            SortedSet<RegionName> regions = new TreeSet<>(ALL);
            runtime =
                    ContextRuntime.open(
                            new ContextConfig(
                                    "test",
                                    region,
                                    regions,
                                    Map.of("mesh", regions),
                                    2,
                                    1,
                                    folder.resolve(region.location()).resolve("context"),
                                    ByteSize.ofMebibytes(16),
                                    ContextConfig.INPUTS_MAX,
                                    50,
                                    _ -> false),
                            Clock.systemUTC(),
                            System::nanoTime);
            SortedSet<RegionName> peers = new TreeSet<>(ALL);
            peers.remove(region);
            documents = MeshDocuments.open(runtime, signatures(region, folder), region, peers);
            written = new WrittenManifests(documents);
            proposals = new Proposals(documents, faults);
        }

        private static NodeSignatures signatures(RegionName region, Path folder) {
            MeshKeys keys =
                    new MeshKeys(
                            new MeshFiles(
                                    folder.resolve("root.pem"),
                                    folder.resolve("root.key.pem"),
                                    folder.resolve(region.location()).resolve("keys")),
                            new MeshMember("test", region),
                            Duration.ofHours(24),
                            Clock.systemUTC());
            keys.keep();
            return new MeshSignatures(
                    keys::signing, new MeshRules(keys.root(), Revocations.NONE), Clock.systemUTC());
        }

        void follow() {
            for (String type : documents.types()) {
                followers.add(
                        DocumentFollower.open(
                                documents.local(),
                                type,
                                new ManifestReader(
                                        type,
                                        documents,
                                        catalog,
                                        faults,
                                        (place, document) -> {
                                            synchronized (written) {
                                                written.changedByOthers(place, document);
                                            }
                                            touched.add(place);
                                        })));
            }
            for (RegionName peer : documents.peers()) {
                String type = documents.proposals(peer);
                followers.add(
                        DocumentFollower.open(documents.local(), type, proposals.reader(type)));
            }
        }

        @Override
        public void close() {
            followers.forEach(DocumentFollower::close);
            runtime.close();
        }
    }

    RegistryRig(Path folder) {
        for (RegionName region : ALL) {
            frames.put(region, Collections.synchronizedList(new ArrayList<>()));
            sides.put(region, new Side(region, folder));
        }
        for (RegionName one : ALL) {
            for (RegionName other : ALL) {
                if (one.compareTo(other) < 0) {
                    connect(one, other);
                }
            }
        }
        sides.values().forEach(Side::follow);
    }

    Side at(RegionName region) {
        return Objects.requireNonNull(sides.get(region));
    }

    private void connect(RegionName one, RegionName other) {
        ExecutorService there = wire();
        ExecutorService back = wire();
        Wire toOther = new Wire(one, other, there);
        Wire toOne = new Wire(other, one, back);
        at(one).runtime.linkUp(other, toOther);
        at(other).runtime.linkUp(one, toOne);
        toOther.open(toOne);
        toOne.open(toOther);
    }

    private ExecutorService wire() {
        ExecutorService wire = Executors.newSingleThreadExecutor();
        wires.add(wire);
        return wire;
    }

    /// Frames wait until the other side has heard of the link.
    private final class Wire implements PeerLink {
        private final RegionName from;
        private final RegionName to;
        private final ExecutorService order;
        private final java.util.concurrent.CompletableFuture<PeerLink> far =
                new java.util.concurrent.CompletableFuture<>();

        Wire(RegionName from, RegionName to, ExecutorService order) {
            this.from = from;
            this.to = to;
            this.order = order;
        }

        void open(PeerLink other) {
            far.complete(other);
        }

        @Override
        public boolean send(byte[] frame) {
            Objects.requireNonNull(frames.get(to)).add(frame);
            order.execute(() -> at(to).runtime.frame(from, far.join(), frame));
            return true;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public Optional<Duration> roundTrip() {
            return Optional.empty();
        }

        @Override
        public void close(String reason) {
            throw new AssertionError("the link from " + from + " to " + to + " ended: " + reason);
        }
    }

    /// Whether a text went to a region: in the bytes of a frame, or in what is packed in it.
    boolean wentTo(RegionName region, String text) {
        byte[] needle = text.getBytes(StandardCharsets.UTF_8);
        List<byte[]> all = Objects.requireNonNull(frames.get(region));
        ActorTable actors = new ActorTable();
        try (BatchDecompression decompression = new BatchDecompression(id -> Optional.empty())) {
            FrameReader reader = new FrameReader(decompression, actors::indexOf);
            synchronized (all) {
                return all.stream()
                        .anyMatch(frame ->
                                contains(frame, needle)
                                        || (frame[0] == MESSAGES
                                                && reader.read(frame).toString().contains(text)));
            }
        }
    }

    private static boolean contains(byte[] frame, byte[] needle) {
        for (int at = 0; at + needle.length <= frame.length; at++) {
            if (Arrays.equals(frame, at, at + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + PATIENCE + ": " + what);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        sides.values().forEach(Side::close);
        wires.forEach(ExecutorService::shutdownNow);
    }
}
