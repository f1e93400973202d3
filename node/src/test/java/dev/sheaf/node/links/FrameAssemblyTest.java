package dev.sheaf.node.links;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.node.links.FrameAssembly.BrokenStream;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

final class FrameAssemblyTest {
    private final FrameAssembly assembly = new FrameAssembly();
    private final byte[] frame = new byte[2 * Part.BYTES_MAX + 5];

    /// As it is read from the wire: with bytes of its own.
    private static Part received(Part part) {
        return Part.marshaller().parse(Part.marshaller().stream(part));
    }

    @Test
    void partsInOrderMakeTheFrame() throws Exception {
        new Random(1).nextBytes(frame);
        assertTrue(assembly.add(received(Part.of(frame, 0))).isEmpty());
        assertTrue(assembly.add(received(Part.of(frame, 1))).isEmpty());
        assertArrayEquals(frame, assembly.add(received(Part.of(frame, 2))).orElseThrow());
        assertArrayEquals(
                new byte[7], assembly.add(received(Part.of(new byte[7], 0))).orElseThrow());
    }

    @Test
    void aMissingPartBreaksTheStream() throws Exception {
        assembly.add(received(Part.of(frame, 0)));
        assertThrows(BrokenStream.class, () -> assembly.add(received(Part.of(frame, 2))));
    }

    @Test
    void aRepeatedPartBreaksTheStream() throws Exception {
        assembly.add(received(Part.of(frame, 0)));
        assertThrows(BrokenStream.class, () -> assembly.add(received(Part.of(frame, 0))));
    }

    @Test
    void anotherFrameBetweenPartsBreaksTheStream() throws Exception {
        assembly.add(received(Part.of(frame, 0)));
        byte[] other = new byte[frame.length + 1];
        assertThrows(BrokenStream.class, () -> assembly.add(received(Part.of(other, 1))));
    }

    @Test
    void sizesThatDoNotAddUpBreakTheStream() {
        byte[] bytes = new byte[10];
        for (Part part :
                new Part[] {
                    new Part(0, 1, 11, bytes, 0, 10),
                    new Part(0, 1, 9, bytes, 0, 10),
                    new Part(0, 2, 10, bytes, 0, 10),
                    new Part(1, 1, 10, bytes, 0, 10),
                    new Part(-1, 0, 0, bytes, 0, 0),
                    new Part(0, 1, -10, bytes, 0, 10),
                    new Part(0, 17, Link.FRAME_BYTES_MAX + 1, bytes, 0, 10),
                    new Part(0, Integer.MAX_VALUE, Integer.MAX_VALUE, bytes, 0, 10)
                }) {
            assertThrows(BrokenStream.class, () -> new FrameAssembly().add(part), part.toString());
        }
    }

    @Test
    void amputatedMessagesBreakTheStream() {
        for (int length = 0; length < 20; length++) {
            Part part = Part.marshaller().parse(new ByteArrayInputStream(new byte[length]));
            assertThrows(BrokenStream.class, () -> new FrameAssembly().add(part));
        }
    }

    @Test
    void aMessageReadsTheSameByteByByteAndAsAWhole() throws IOException {
        byte[] bytes = {1, 2, 3, -1, 5};
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        try (InputStream stream = Part.marshaller().stream(Part.of(bytes, 0))) {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                single.write(next);
            }
        }
        try (InputStream stream = Part.marshaller().stream(Part.of(bytes, 0))) {
            assertArrayEquals(stream.readAllBytes(), single.toByteArray());
        }
    }
}
