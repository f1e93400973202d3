package dev.sheaf.node.links;

import static dev.sheaf.node.links.Recorder.await;
import static dev.sheaf.node.links.TestMesh.EAST;
import static dev.sheaf.node.links.TestMesh.WEST;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.ByteSize;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

final class LinkTest {
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
    }

    @Test
    void framesArriveInOrderBothWays() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        Link toEast = await(west.ups);
        Link toWest = await(east.ups);
        assertEquals(EAST, toEast.peer());
        assertEquals(WEST, toWest.peer());
        assertTrue(toEast.outgoing());
        assertFalse(toWest.outgoing());
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            byte[] frame = ByteBuffer.allocate(100).putInt(i).array();
            sendPatiently(toEast, west, frame);
            sendPatiently(toWest, east, frame);
        }
        for (int i = 0; i < count; i++) {
            assertEquals(i, ByteBuffer.wrap(await(east.frames)).getInt());
            assertEquals(i, ByteBuffer.wrap(await(west.frames)).getInt());
        }
        assertEquals(0, east.overlaps.get() + west.overlaps.get());
        assertEquals(count, toEast.statistics().framesOut());
        assertEquals(count * 100L, toWest.statistics().bytesIn());
    }

    private static void sendPatiently(Link link, Recorder recorder, byte[] frame)
            throws InterruptedException {
        while (!link.send(frame)) {
            await(recorder.writables);
        }
    }

    @Test
    void longFramesTravelInParts() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        Link link = await(west.ups);
        Random random = new Random(20);
        int[] sizes = {0, 1, (4 << 20) - 1, 4 << 20, (4 << 20) + 1, 20_000_000, 64 << 20, 3};
        for (int size : sizes) {
            byte[] frame = new byte[size];
            random.nextBytes(frame);
            sendPatiently(link, west, frame);
            assertArrayEquals(frame, await(east.frames), size + " bytes");
        }
        assertThrows(IllegalArgumentException.class, () -> link.send(new byte[(64 << 20) + 1]));
    }

    @Test
    void aFullQueueRefusesAndSaysWhenThereIsRoom() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST, TestMesh.QUICK), east);
        mesh.dial(mesh.room(WEST, TestMesh.QUICK), EAST, server.port(), west);
        Link toWest = await(east.ups);
        Link link = await(west.ups);
        toWest.pause();
        byte[] frame = new byte[1 << 20];
        int sent = 0;
        while (link.send(frame)) {
            sent++;
            assertTrue(sent < 100, "the queue has no bound");
        }
        assertTrue(link.queuedBytes() <= ByteSize.ofMebibytes(8).bytes());
        assertEquals(0, west.writables.size());
        Thread.sleep(Duration.ofMillis(1500));
        assertEquals(0, west.downs.size() + east.downs.size(), "paused is not silent");
        toWest.resume();
        assertEquals(link, await(west.writables));
        for (int i = 0; i < sent; i++) {
            await(east.frames);
        }
        assertEquals(0, link.queuedBytes());
    }

    /// The test's JVM has a heap of 1 GiB at most: were the stream kept anywhere it would not fit.
    @Test
    void aSlowReaderHoldsUpTheSenderAndNobodyHoardsTheStream() throws Exception {
        AtomicLong received = new AtomicLong();
        Recorder reader = new Recorder();
        LinkHandler slow =
                new LinkHandler() {
                    @Override
                    public void up(Link link) {
                        reader.up(link);
                    }

                    @Override
                    public void frame(Link link, byte[] frame) {
                        if (received.addAndGet(frame.length) % (64 << 20) < frame.length) {
                            link.pause();
                            Thread.ofVirtual().start(() -> resumeLater(link));
                        }
                    }

                    @Override
                    public void writable(Link link) {}

                    @Override
                    public void down(Link link, String reason) {
                        reader.down(link, reason);
                    }
                };
        LinkServer server = mesh.listen(mesh.room(EAST), slow);
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        Link link = await(west.ups);
        long total = 0;
        long most = 0;
        while (total < 1L << 30) {
            byte[] frame = new byte[200_000];
            sendPatiently(link, west, frame);
            total += frame.length;
            most = Math.max(most, link.queuedBytes());
        }
        for (int i = 0; i < 400 && received.get() < total; i++) {
            Thread.sleep(50);
        }
        assertEquals(total, received.get());
        assertTrue(most <= ByteSize.ofMebibytes(8).bytes());
        assertEquals(0, reader.downs.size());
    }

    private static void resumeLater(Link link) {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        link.resume();
    }

    @Test
    void aPeerThatComesBackIsFoundAgain() throws Exception {
        LinkRoom room = mesh.room(EAST);
        LinkServer server = mesh.listen(room, east);
        int port = server.port();
        mesh.dial(mesh.room(WEST), EAST, port, west);
        Link first = await(west.ups);
        server.close();
        await(west.downs);
        await(east.downs);
        assertFalse(first.send(new byte[1]), "a link that is down takes nothing");
        Thread.sleep(200);
        mesh.listen(room, port, east);
        Link second = await(west.ups);
        assertTrue(second.send("again".getBytes(StandardCharsets.UTF_8)));
        assertEquals("again", new String(await(east.frames), StandardCharsets.UTF_8));
    }

    @Test
    void closingALinkTellsBothSidesAndTheDialerComesAgain() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        await(west.ups);
        await(east.ups).close("enough of it");
        assertEquals("enough of it", await(east.downs));
        assertTrue(await(west.downs).contains("enough of it"));
        await(west.ups);
        await(east.ups);
    }

    /// Many threads send while links are closed under them, again and again: nobody sees an
    /// exception, each thread's frames keep their order within a link, and every link that came up
    /// goes down once.
    @Test
    void threadsMaySendAndCloseAtTheSameTime() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        LinkClient client = mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        int threads = 4;
        int rounds = 8;
        for (int round = 0; round < rounds; round++) {
            Link link = await(west.ups);
            await(east.ups);
            try (ExecutorService senders = Executors.newFixedThreadPool(threads)) {
                List<Future<Integer>> sent = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    int sender = thread;
                    sent.add(senders.submit(() -> sendUntilDown(link, sender)));
                }
                Thread.sleep(100);
                link.close("on purpose");
                int total = 0;
                for (Future<Integer> one : sent) {
                    total += one.get();
                }
                assertTrue(total > 0);
            }
            assertEquals("on purpose", await(west.downs));
            await(east.downs);
            int[] next = new int[threads];
            for (byte[] frame = east.frames.poll(); frame != null; frame = east.frames.poll()) {
                ByteBuffer buffer = ByteBuffer.wrap(frame);
                assertEquals(next[buffer.getInt()]++, buffer.getInt());
            }
        }
        client.close();
        assertEquals(0, east.overlaps.get() + west.overlaps.get());
    }

    private static int sendUntilDown(Link link, int sender) throws InterruptedException {
        int count = 0;
        int refused = 0;
        while (refused < 200) {
            if (link.send(ByteBuffer.allocate(5000).putInt(sender).putInt(count).array())) {
                count++;
                refused = 0;
            } else {
                refused++;
                Thread.sleep(1);
            }
        }
        return count;
    }

    @Test
    void aHandlerThatFailsLosesItsLinkOnly() throws Exception {
        LinkHandler failing =
                new LinkHandler() {
                    @Override
                    public void up(Link link) {
                        east.up(link);
                    }

                    @Override
                    public void frame(Link link, byte[] frame) {
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public void writable(Link link) {}

                    @Override
                    public void down(Link link, String reason) {
                        east.down(link, reason);
                    }
                };
        LinkServer server = mesh.listen(mesh.room(EAST), failing);
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        await(west.ups).send(new byte[1]);
        assertTrue(await(east.downs).contains("on purpose"));
        await(west.downs);
        await(west.ups);
    }

    @Test
    void garbageOnThePortHarmsNobody() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        try (Socket socket = new Socket(TestMesh.HOST, server.port())) {
            byte[] garbage = new byte[100_000];
            new Random(3).nextBytes(garbage);
            try {
                socket.getOutputStream().write(garbage);
                socket.getInputStream().readAllBytes();
            } catch (java.io.IOException e) {
                assertTrue(e.getMessage() != null, "the node closed the connection: " + e);
            }
        }
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        await(west.ups);
        assertEquals(1, east.ups.size());
    }

    @Test
    void theRoundTripIsMeasuredOnBothSides() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        Link outgoing = await(west.ups);
        Link incoming = await(east.ups);
        for (int i = 0; i < 100 && incoming.statistics().roundTrip().isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertTrue(outgoing.statistics().roundTrip().orElseThrow().toMillis() < 500);
        assertTrue(incoming.statistics().roundTrip().orElseThrow().toMillis() < 500);
    }

    @Test
    void aNewerLinkOfAPeerTakesThePlaceOfTheOlder() throws Exception {
        LinkServer server = mesh.listen(mesh.room(EAST), east);
        LinkClient first = mesh.dial(mesh.room(WEST), EAST, server.port(), west);
        await(west.ups);
        await(east.ups);
        Recorder other = new Recorder();
        mesh.dial(mesh.room(WEST), EAST, server.port(), other);
        await(other.ups);
        assertEquals("the peer dialed anew", await(east.downs));
        first.close();
    }
}
