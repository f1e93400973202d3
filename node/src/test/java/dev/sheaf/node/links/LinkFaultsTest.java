package dev.sheaf.node.links;

import static dev.sheaf.node.links.Recorder.await;
import static dev.sheaf.node.links.TestMesh.EAST;
import static dev.sheaf.node.links.TestMesh.WEST;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.links.LinkFaults.Direction;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

final class LinkFaultsTest {
    private static final Duration DELAY = Duration.ofMillis(300);

    @TempDir private Path folder;
    private TestMesh mesh;
    private final Recorder east = new Recorder();
    private final Recorder west = new Recorder();
    private LinkRoom eastRoom;
    private LinkRoom westRoom;
    private LinkServer server;

    @BeforeEach
    void open() {
        mesh = new TestMesh(folder);
        listen(TestMesh.PATIENT);
    }

    private void listen(LinkSettings settings) {
        eastRoom = mesh.room(EAST, settings);
        westRoom = mesh.room(WEST, settings);
        server = mesh.listen(eastRoom, east);
    }

    @AfterEach
    void close() throws Exception {
        mesh.close();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(8).putInt(number).array();
    }

    private static int number(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aShortCutLosesNothing(Direction direction) throws Exception {
        mesh.dial(westRoom, EAST, server.port(), west);
        Link link = await(west.ups);
        link.send(number(1));
        assertEquals(1, number(await(east.frames)));
        LinkFaults faults = direction == Direction.OUT ? westRoom.faults() : eastRoom.faults();
        faults.cut(direction == Direction.OUT ? EAST : WEST, direction);
        for (int i = 2; i < 20; i++) {
            assertTrue(link.send(number(i)));
        }
        Thread.sleep(200);
        assertEquals(0, east.frames.size());
        faults.healAll();
        for (int i = 2; i < 20; i++) {
            assertEquals(i, number(await(east.frames)));
        }
        assertEquals(0, west.downs.size() + east.downs.size());
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aLongCutTakesTheLinkDownOnBothSidesAndHealingBringsItBack(Direction direction)
            throws Exception {
        listen(TestMesh.QUICK);
        mesh.dial(westRoom, EAST, server.port(), west);
        await(west.ups);
        await(east.ups);
        eastRoom.faults().cut(WEST, direction);
        assertTrue(await(west.downs).contains("heard"));
        await(east.downs);
        Thread.sleep(1000);
        assertEquals(0, west.ups.size(), "nobody gets through a cut");
        eastRoom.faults().heal(WEST);
        await(west.ups);
        await(east.ups);
    }

    @Test
    void closedLinksComeBackOnceHealed() throws Exception {
        mesh.dial(westRoom, EAST, server.port(), west);
        await(west.ups);
        westRoom.faults().close(EAST);
        assertEquals("closed by an injected fault", await(west.downs));
        await(east.downs);
        Thread.sleep(500);
        assertEquals(0, west.ups.size());
        westRoom.faults().healAll();
        await(west.ups);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void delayedFramesKeepTheirOrder(Direction direction) throws Exception {
        LinkClient client = mesh.dial(westRoom, EAST, server.port(), west);
        Link link = await(west.ups);
        await(east.ups);
        LinkFaults faults = direction == Direction.OUT ? westRoom.faults() : eastRoom.faults();
        faults.delay(
                direction == Direction.OUT ? EAST : WEST, direction, DELAY, Duration.ofMillis(100));
        long began = System.nanoTime();
        int count = 500;
        for (int i = 0; i < count; i++) {
            assertTrue(link.send(number(i)));
        }
        for (int i = 0; i < count; i++) {
            assertEquals(i, number(await(east.frames)));
            assertTrue(System.nanoTime() - began > DELAY.toNanos());
        }
        assertTrue(
                System.nanoTime() - began < DELAY.multipliedBy(6).toNanos(),
                "each frame is delayed, not one after the other");
        faults.healAll();
        began = System.nanoTime();
        link.send(number(1));
        await(east.frames);
        assertTrue(System.nanoTime() - began < DELAY.toNanos());
        client.close();
    }

    @Test
    void aDelayIsPartOfTheRoundTrip() throws Exception {
        westRoom.faults().delay(EAST, Direction.OUT, Duration.ofMillis(120), Duration.ZERO);
        westRoom.faults().delay(EAST, Direction.IN, Duration.ofMillis(80), Duration.ZERO);
        mesh.dial(westRoom, EAST, server.port(), west);
        Link link = await(west.ups);
        for (int i = 0; i < 200 && link.statistics().roundTrip().isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertTrue(link.statistics().roundTrip().orElseThrow().toMillis() >= 200);
    }

    @Test
    void aConnectionThatSwallowsEverythingIsNoticedByBothSides() throws Exception {
        listen(TestMesh.QUICK);
        try (Relay relay = new Relay(server.port())) {
            mesh.dial(westRoom, EAST, relay.port(), west);
            Link link = await(west.ups);
            await(east.ups);
            relay.swallow(true);
            long began = System.nanoTime();
            while (link.send(new byte[1 << 20])) {
                assertTrue(link.queuedBytes() <= westRoom.settings().outgoingMax().bytes());
            }
            await(west.downs);
            await(east.downs);
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos());
            relay.swallow(false);
            await(west.ups);
        }
    }

    @Test
    void faultsAreForDevelopmentOnly() {
        LinkFaults faults = new LinkFaults(false, new Random(1));
        for (Runnable fault :
                new Runnable[] {
                    () -> faults.cut(EAST, Direction.IN),
                    () -> faults.close(EAST),
                    () -> faults.delay(EAST, Direction.OUT, DELAY, Duration.ZERO)
                }) {
            Problem problem = assertThrows(Problem.class, fault::run);
            assertEquals(ProblemCode.FORBIDDEN, problem.code());
        }
        assertTrue(faults.all().isEmpty());
    }

    @Test
    void aDelayHasALimit() {
        LinkFaults faults = new LinkFaults(true, new Random(1));
        assertThrows(
                Problem.class,
                () -> faults.delay(EAST, Direction.IN, Duration.ofSeconds(61), Duration.ZERO));
        assertThrows(
                Problem.class,
                () -> faults.delay(EAST, Direction.IN, Duration.ofMillis(-1), Duration.ZERO));
        assertFalse(faults.of(EAST).cut());
    }
}
