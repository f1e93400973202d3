package dev.sheaf.node.links;

import static io.grpc.netty.shaded.io.netty.buffer.Unpooled.wrappedBuffer;

import com.github.luben.zstd.ZstdDecompressCtx;

import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one side of an HTTP/2 connection said: the bodies of its streams, put together and
/// decompressed where context batches are compressed, and its headers.
///
/// @param bodies one for each stream, as sent
/// @param inflated what compressed batches in them hold
/// @param headers `name: value`, decoded
/// @param undecodable compressed batches that need a dictionary to be read
public record WirePlaintext(
        List<byte[]> bodies, List<byte[]> inflated, List<String> headers, int undecodable) {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_HEADER_BYTES = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 0x4;
    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;
    private static final int INFLATED_BYTES_MAX = 16 << 20;

    /// Beginning of a compressed context batch: its mark, the version of those, flags.
    private static final byte[] BATCH = {0x53, 0x42, 2};

    static WirePlaintext of(byte[] bytes) {
        return new Reading(bytes).read();
    }

    /// Whether a text occurs anywhere, in UTF-8.
    public boolean says(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return bodies.stream().anyMatch(body -> indexOf(body, wanted, 0) >= 0)
                || inflated.stream().anyMatch(body -> indexOf(body, wanted, 0) >= 0)
                || headers.stream().anyMatch(header -> header.contains(text));
    }

    static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            int matched = 0;
            while (matched < wanted.length && bytes[i + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    /// One pass over what was recorded.
    private static final class Reading {
        private final ByteBuffer in;
        private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
        private final Map<Integer, ByteArrayOutputStream> streams = new LinkedHashMap<>();
        private final ByteArrayOutputStream block = new ByteArrayOutputStream();
        private final List<String> headers = new ArrayList<>();
        private final List<byte[]> inflated = new ArrayList<>();
        private int undecodable;

        Reading(byte[] bytes) {
            boolean isDialer = indexOf(bytes, PREFACE, 0) == 0;
            this.in = ByteBuffer.wrap(bytes);
            in.position(isDialer ? PREFACE.length : 0);
        }

        WirePlaintext read() {
            while (in.remaining() >= FRAME_HEADER_BYTES) {
                int length = (in.get() & 0xFF) << 16 | (in.get() & 0xFF) << 8 | in.get() & 0xFF;
                int type = in.get();
                int flags = in.get();
                int stream = in.getInt() & 0x7FFF_FFFF;
                if (length > in.remaining()) {
                    break; // still on its way
                }
                byte[] payload = new byte[length];
                in.get(payload);
                frame(type, flags, stream, payload);
            }
            List<byte[]> bodies = new ArrayList<>();
            for (ByteArrayOutputStream body : streams.values()) {
                bodies.add(body.toByteArray());
                inflate(body.toByteArray());
            }
            return new WirePlaintext(bodies, inflated, headers, undecodable);
        }

        private void frame(int type, int flags, int stream, byte[] payload) {
            int begin = (flags & PADDED) != 0 ? 1 : 0;
            int end = payload.length - ((flags & PADDED) != 0 ? payload[0] & 0xFF : 0);
            switch (type) {
                case DATA ->
                        streams.computeIfAbsent(stream, _ -> new ByteArrayOutputStream())
                                .write(payload, begin, end - begin);
                case HEADERS -> {
                    begin += (flags & PRIORITY) != 0 ? 5 : 0;
                    block.write(payload, begin, end - begin);
                    endOfBlock(flags, stream);
                }
                case CONTINUATION -> {
                    block.write(payload, 0, payload.length);
                    endOfBlock(flags, stream);
                }
                default -> {
                    // settings, windows, pings: no content
                }
            }
        }

        private void endOfBlock(int flags, int stream) {
            if ((flags & END_HEADERS) == 0) {
                return;
            }
            try {
                decoder.decodeHeaders(stream, wrappedBuffer(block.toByteArray()))
                        .forEach(header ->
                                headers.add(
                                        header.getKey()
                                                + ": "
                                                + decoded(header.getValue().toString())));
            } catch (Http2Exception e) {
                throw new IllegalStateException("headers that cannot be read", e);
            }
            block.reset();
        }

        private static String decoded(String value) {
            try {
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                return value;
            }
        }

        private void inflate(byte[] body) {
            for (int at = indexOf(body, BATCH, 0); at >= 0; at = indexOf(body, BATCH, at + 1)) {
                if (at + BATCH.length < body.length) {
                    inflate(body, at + BATCH.length, body[at + BATCH.length]);
                }
            }
        }

        private void inflate(byte[] body, int flagsAt, int flags) {
            if (flags == 3) {
                undecodable++;
            } else if (flags == 1) {
                ByteBuffer from = ByteBuffer.allocateDirect(body.length - flagsAt - 1);
                from.put(body, flagsAt + 1, body.length - flagsAt - 1).flip();
                ByteBuffer to = ByteBuffer.allocateDirect(INFLATED_BYTES_MAX);
                try (ZstdDecompressCtx context = new ZstdDecompressCtx().setMagicless(true)) {
                    context.decompressDirectByteBufferStream(to, from);
                }
                byte[] out = new byte[to.flip().remaining()];
                to.get(out);
                inflated.add(out);
            }
        }
    }
}
