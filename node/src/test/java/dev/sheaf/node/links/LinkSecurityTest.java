package dev.sheaf.node.links;

import static dev.sheaf.node.links.Recorder.await;
import static dev.sheaf.node.links.TestMesh.EAST;
import static dev.sheaf.node.links.TestMesh.MESH;
import static dev.sheaf.node.links.TestMesh.QUICK;
import static dev.sheaf.node.links.TestMesh.WEST;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.MeshMember;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

final class LinkSecurityTest {
    private static final RegionName ELSEWHERE = RegionName.parse("gcp/europe-west1");

    @TempDir private Path folder;
    private TestMesh mesh;
    private final Recorder east = new Recorder();
    private final Recorder west = new Recorder();

    @BeforeEach
    void open() {
        mesh = new TestMesh(folder);
    }

    @AfterEach
    void close() throws Exception {
        mesh.close();
        assertEquals(0, east.frames.size(), "nothing of a stranger was delivered");
    }

    private LinkRoom stranger(String authority, String name, RegionName region, Clock clock) {
        return mesh.room(
                new MeshMember(name, region),
                mesh.certificate(authority, name, region, clock),
                QUICK);
    }

    private void assertServerRefuses(LinkRoom stranger) throws InterruptedException {
        LinkRoom room = mesh.room(EAST);
        LinkServer server = mesh.listen(room, east);
        mesh.dial(stranger, EAST, server.port(), west);
        for (int i = 0; i < 300 && room.counters().counts().peersRefused() == 0; i++) {
            Thread.sleep(20);
        }
        assertTrue(room.counters().counts().peersRefused() > 0);
        assertEquals(0, east.ups.size() + west.ups.size());
    }

    private void assertDialerRefuses(LinkRoom stranger) throws InterruptedException {
        LinkServer server = mesh.listen(stranger, east);
        LinkRoom room = mesh.room(WEST);
        mesh.dial(room, EAST, server.port(), west);
        LinkCounters counters = room.counters();
        for (int i = 0; i < 300 && counters.counts().attemptsFailed() == 0; i++) {
            Thread.sleep(20);
        }
        assertTrue(counters.counts().attemptsFailed() > 0);
        assertTrue(counters.counts().peersRefused() > 0);
        assertEquals(0, east.ups.size() + west.ups.size());
    }

    @Test
    void theServerRefusesADialerOfAnUnexpectedRegion() throws Exception {
        assertServerRefuses(stranger("ca", MESH, ELSEWHERE, Clock.systemUTC()));
    }

    @Test
    void theDialerRefusesAServerOfAnotherRegion() throws Exception {
        assertDialerRefuses(stranger("ca", MESH, ELSEWHERE, Clock.systemUTC()));
    }

    @Test
    void theDialerRefusesAServerOfAnotherAuthority() throws Exception {
        assertDialerRefuses(stranger("other-ca", MESH, EAST, Clock.systemUTC()));
    }

    @Test
    void theDialerRefusesAnExpiredServer() throws Exception {
        mesh.certificate("ca", MESH, WEST, Clock.systemUTC());
        assertDialerRefuses(stranger("ca", MESH, EAST, past()));
    }

    @Test
    void theDialerRefusesAServerOfAnotherMesh() throws Exception {
        assertDialerRefuses(stranger("ca", "prod", EAST, Clock.systemUTC()));
    }

    @Test
    void theServerAcceptsOnlyTls13() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        LinkRoom room = mesh.room(WEST);
        PeerCheck check = new PeerCheck(room.identity(), EAST::equals, "east", room.counters());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new OwnKey(room.identity())},
                new TrustManager[] {check},
                new SecureRandom());
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory().createSocket(TestMesh.HOST, server.port())) {
                socket.setEnabledProtocols(new String[] {protocol});
                if (protocol.equals("TLSv1.3")) {
                    socket.startHandshake();
                } else {
                    assertThrows(SSLHandshakeException.class, socket::startHandshake);
                }
            }
        }
    }

    @Test
    void theServerRefusesADialerWithoutACertificate() throws Exception {
        assertHandshakeRefused();
    }

    @Test
    void theServerRefusesAnotherMesh() throws Exception {
        assertHandshakeRefused(
                new OwnKey(stranger("ca", "prod", WEST, Clock.systemUTC()).identity()));
    }

    /// A dialer of our own would refuse the server first; this one takes any of the authority.
    private void assertHandshakeRefused(KeyManager... keys) throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        LinkRoom room = mesh.room(WEST);
        PeerCheck check = new PeerCheck(room.identity(), EAST::equals, "east", room.counters());
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, new TrustManager[] {check}, new SecureRandom());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(TestMesh.HOST, server.port())) {
            assertThrows(
                    SSLException.class,
                    () -> {
                        socket.startHandshake();
                        socket.getInputStream().read(); // TLS 1.3: refused after our last word
                    });
        }
        assertEquals(0, east.ups.size());
    }

    /// The dialer trusts the server's authority but has its own certificate of another.
    @Test
    void theServerRefusesAnotherAuthority() throws Exception {
        LinkFiles own = mesh.certificate("ca", MESH, WEST, Clock.systemUTC());
        LinkFiles other = mesh.certificate("other-ca", MESH, WEST, Clock.systemUTC());
        assertServerRefuses(
                mesh.room(
                        new MeshMember(MESH, WEST),
                        new LinkFiles(other.certificate(), other.key(), own.authority()),
                        QUICK));
    }

    @Test
    void theServerRefusesAnExpiredCertificate() throws Exception {
        mesh.certificate("ca", MESH, EAST, Clock.systemUTC());
        assertServerRefuses(stranger("ca", MESH, WEST, past()));
    }

    private static Clock past() {
        return TestMesh.at(Instant.now().minus(Duration.ofDays(40)));
    }

    @Test
    void aLinkEndsWithItsPeersCertificate() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        LinkRoom room = mesh.room(WEST);
        LinkRoom later =
                new LinkRoom(
                        room.settings(),
                        room.identity(),
                        room.faults(),
                        room.counters(),
                        room.timer(),
                        TestMesh.at(Instant.now().plus(Duration.ofDays(31))));
        mesh.dial(later, EAST, server.port(), west);
        await(west.ups);
        assertTrue(await(west.downs).contains("certificate ended"));
    }

    @Test
    void renewedFilesAreShownToTheNextPeer() throws Exception {
        Instant soon = Instant.now().minus(Duration.ofHours(17));
        LinkFiles files = mesh.certificate("ca", MESH, EAST, TestMesh.at(soon));
        LinkIdentity identity = TestMesh.identity(files, new MeshMember(MESH, EAST));
        Instant before = identity.current().chain().getFirst().getNotAfter().toInstant();
        mesh.certificate("ca", MESH, EAST, Clock.systemUTC());
        Thread.sleep(1100);
        Instant after = identity.current().chain().getFirst().getNotAfter().toInstant();
        assertTrue(after.isAfter(before));
        Files.writeString(files.certificate(), "no certificate");
        Thread.sleep(1100);
        assertEquals(after, identity.current().chain().getFirst().getNotAfter().toInstant());
    }

    @Test
    void aCertificateIsKeptUntilItsEndIsNear() {
        mesh.certificate("ca", MESH, EAST, TestMesh.at(Instant.now().minus(Duration.ofHours(15))));
        LinkFiles files = mesh.certificate("ca", MESH, EAST, Clock.systemUTC());
        Instant end =
                TestMesh.identity(files, new MeshMember(MESH, EAST))
                        .current()
                        .chain()
                        .getFirst()
                        .getNotAfter()
                        .toInstant();
        assertTrue(end.isBefore(Instant.now().plus(Duration.ofHours(10))));
    }

    @Test
    void keysAreForTheirOwnerOnly() throws Exception {
        LinkFiles files = mesh.certificate("ca", MESH, EAST, Clock.systemUTC());
        Path authorityKey = files.authority().resolveSibling("ca.key.pem");
        for (Path key : new Path[] {files.key(), authorityKey}) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        }
        Files.setPosixFilePermissions(authorityKey, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(Problem.class, () -> mesh.certificate("ca", MESH, WEST, Clock.systemUTC()));
    }

    @Test
    void aCertificateOfAnotherRegionIsNotTakenForOnesOwn() {
        LinkFiles files = mesh.certificate("ca", MESH, EAST, Clock.systemUTC());
        Problem problem =
                assertThrows(
                        Problem.class, () -> TestMesh.identity(files, new MeshMember(MESH, WEST)));
        assertTrue(problem.message().contains("sheaf://test/aws/us-east-1"));
    }
}
