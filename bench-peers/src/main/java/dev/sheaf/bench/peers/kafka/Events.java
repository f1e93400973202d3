package dev.sheaf.bench.peers.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Records of 300 bytes: number, moment of production, then text that compresses about as an
/// event's JSON does.
final class Events {
    static final int BYTES = 300;
    private static final String FRAME =
            "{\"version\":\"1.2\",\"cloudRegion\":\"us-east-1\",\"eventType\":\"CONTEXT_DELTA\",\"payload\":"
                + "{\"operations\":[{\"type\":\"ADD\",\"path\":\"/conversation/messages/5\",\"value\":"
                + "{\"role\":\"user\",\"content\":\"";
    private static final byte[] LETTERS =
            "etaoinshrdlu etaoinshr etaoin bcmfgpwyvk".getBytes(StandardCharsets.US_ASCII);

    private final byte[] frame = FRAME.getBytes(StandardCharsets.US_ASCII);
    private final SplittableRandom random = new SplittableRandom(7);

    byte[] event(long number, long nanos) {
        ByteBuffer event = ByteBuffer.allocate(BYTES).putLong(number).putLong(nanos).put(frame);
        byte[] bytes = event.array();
        for (int i = event.position(); i < BYTES; i++) {
            bytes[i] = LETTERS[random.nextInt(LETTERS.length)];
        }
        return bytes;
    }

    static long number(byte[] event) {
        return ByteBuffer.wrap(event).getLong();
    }

    static long nanos(byte[] event) {
        return ByteBuffer.wrap(event).getLong(Long.BYTES);
    }
}
