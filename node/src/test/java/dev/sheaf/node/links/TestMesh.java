package dev.sheaf.node.links;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.MeshMember;
import dev.sheaf.node.pki.MeshRules;
import dev.sheaf.node.pki.Pem;
import dev.sheaf.node.pki.Revocations;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// Nodes of a small mesh on this machine, and what they share; closing it ends them.
final class TestMesh implements AutoCloseable {
    static final RegionName EAST = RegionName.parse("aws/us-east-1");
    static final RegionName WEST = RegionName.parse("azure/westeurope");
    static final String MESH = "test";
    static final Duration LINK_LIFE = Duration.ofHours(24);
    static final String HOST = "127.0.0.1";

    static final LinkSettings QUICK =
            new LinkSettings(
                    ByteSize.ofMebibytes(8),
                    ByteSize.ofMebibytes(8),
                    Duration.ofMillis(100),
                    Duration.ofMillis(700));

    /// For what is not about silence, on a machine that may be busy.
    static final LinkSettings PATIENT =
            new LinkSettings(
                    ByteSize.ofMebibytes(8),
                    ByteSize.ofMebibytes(8),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(10));

    private final Path folder;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    1, Thread.ofPlatform().daemon().name("links-timer").factory());
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    TestMesh(Path folder) {
        this.folder = folder;
    }

    static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    DevelopmentCa authority(String name, Clock clock) {
        return new DevelopmentCa(folder.resolve(name), LINK_LIFE, clock);
    }

    LinkFiles certificate(String authority, String mesh, RegionName region, Clock clock) {
        return authority(authority, clock).certify(new MeshMember(mesh, region));
    }

    LinkRoom room(RegionName region) {
        return room(region, PATIENT);
    }

    LinkRoom room(RegionName region, LinkSettings settings) {
        return room(
                new MeshMember(MESH, region),
                certificate("ca", MESH, region, Clock.systemUTC()),
                settings);
    }

    LinkRoom room(MeshMember self, LinkFiles files, LinkSettings settings) {
        return new LinkRoom(
                settings,
                identity(files, self),
                new LinkFaults(true, new Random(7)),
                new LinkCounters(),
                timer,
                Clock.systemUTC());
    }

    static LinkIdentity identity(LinkFiles files, MeshMember self) {
        try {
            return LinkIdentity.of(
                    files,
                    self,
                    new MeshRules(Pem.certificates(files.authority()).getFirst(), Revocations.NONE),
                    Clock.systemUTC());
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    LinkServer listen(LinkRoom room, LinkHandler handler) {
        return listen(room, 0, handler);
    }

    LinkServer listen(LinkRoom room, int port, LinkHandler handler) {
        LinkServer server =
                LinkServer.start(
                        room,
                        new InetSocketAddress(HOST, port),
                        region -> region.equals(EAST) || region.equals(WEST),
                        handler);
        opened.push(server);
        return server;
    }

    LinkClient dial(LinkRoom room, RegionName peer, int port, LinkHandler handler) {
        LinkClient client = LinkClient.dial(room, peer, HOST, port, handler);
        opened.push(client);
        return client;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        timer.shutdownNow();
    }
}
