package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.MeshMember;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Two regions of a mesh of which one offers services on the port of its links and the other calls
/// them, through a stretch of network that can swallow everything; closing it ends both.
public final class PeerPair implements AutoCloseable {
    public static final RegionName CALLER = TestMesh.EAST;
    public static final RegionName CALLED = TestMesh.WEST;

    private final TestMesh mesh;
    private final LinkRoom calledRoom;
    private final LinkRoom callerRoom;
    private final LinkServer server;
    private final Relay relay;

    public PeerPair(Path folder, PeerService service) throws IOException {
        this.mesh = new TestMesh(folder);
        this.calledRoom = mesh.room(CALLED, TestMesh.QUICK);
        this.callerRoom = mesh.room(CALLER, TestMesh.QUICK);
        this.server =
                LinkServer.start(
                        calledRoom,
                        new InetSocketAddress(TestMesh.HOST, 0),
                        CALLER::equals,
                        new Recorder(),
                        List.of(service));
        this.relay = new Relay(server.port());
    }

    /// How the caller reaches the called.
    public PeerChannel channel() {
        return new PeerChannel(callerRoom, CALLED, TestMesh.HOST, relay.port());
    }

    /// How somebody else of the mesh tries to.
    public PeerChannel channelOf(RegionName other) {
        return new PeerChannel(
                mesh.room(other, TestMesh.QUICK), CALLED, TestMesh.HOST, relay.port());
    }

    /// How somebody tries to whom an authority of their own has certified as the caller.
    public PeerChannel channelOfForger() {
        MeshMember self = new MeshMember(TestMesh.MESH, CALLER);
        return new PeerChannel(
                mesh.room(
                        self,
                        mesh.certificate(
                                "forged", TestMesh.MESH, CALLER, TestMesh.at(Instant.now())),
                        TestMesh.QUICK),
                CALLED,
                TestMesh.HOST,
                relay.port());
    }

    public LinkFaults callerFaults() {
        return callerRoom.faults();
    }

    public LinkFaults calledFaults() {
        return calledRoom.faults();
    }

    /// As if the network dropped everything.
    public void swallow(boolean everything) {
        relay.swallow(everything);
    }

    /// The called node hears that the caller is no member any more.
    public void dismiss() {
        server.drop(CALLER, "it was evicted");
    }

    /// The called node dies.
    public void kill() {
        server.close();
    }

    @Override
    public void close() throws Exception {
        relay.close();
        server.close();
        mesh.close();
    }
}
