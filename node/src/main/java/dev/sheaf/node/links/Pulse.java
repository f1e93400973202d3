package dev.sheaf.node.links;

import io.grpc.MethodDescriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// A sign of life: the dialer asks, the other side answers with the same. It travels beside the
/// frames, so a paused link stays alive.
///
/// @param link its number
/// @param roundTripNanos as the dialer measured it last; negative before the first
record Pulse(long link, long roundTripNanos) {
    private static final int BYTES = 2 * Long.BYTES;

    static MethodDescriptor.Marshaller<Pulse> marshaller() {
        return new Codec();
    }

    private static final class Codec implements MethodDescriptor.Marshaller<Pulse> {
        @Override
        public InputStream stream(Pulse pulse) {
            return new ByteArrayInputStream(
                    ByteBuffer.allocate(BYTES)
                            .putLong(pulse.link())
                            .putLong(pulse.roundTripNanos())
                            .array());
        }

        /// What is too short is a pulse of no link.
        @Override
        public Pulse parse(InputStream stream) {
            try {
                byte[] bytes = stream.readNBytes(BYTES);
                if (bytes.length < BYTES) {
                    return new Pulse(0, -1);
                }
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                return new Pulse(buffer.getLong(), buffer.getLong());
            } catch (IOException e) {
                throw new UncheckedIOException("a received message is in memory", e);
            }
        }
    }
}
