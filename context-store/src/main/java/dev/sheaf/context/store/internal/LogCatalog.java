package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.store.StreamId;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is known of a log beside its records: where each stream ends and the named values. It is
/// the payload of the snapshot record at the head of each segment. Not safe for several threads.
public final class LogCatalog {
    private static final int STREAM_BYTES = 24;

    /// @param floor the lowest number the log can have of it: where it began or was restarted
    /// @param last the last number it has
    record Extent(long floor, long last) {}

    private final Map<StreamId, Extent> streams = new HashMap<>();
    private final Map<String, byte[]> meta = new LinkedHashMap<>();
    private int metaBytes;

    /// Checks that a record continues its stream.
    ///
    /// @throws IllegalArgumentException when it does not
    public void check(StreamId stream, long first, long last) {
        Extent extent = streams.get(stream);
        if (first < 1 || last < first || last - first > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(
                    "a record of sequence numbers " + first + " to " + last);
        }
        if (extent != null && first != extent.last + 1) {
            throw new IllegalArgumentException(
                    "stream " + stream + " is at " + extent.last + " and cannot go on at " + first);
        }
        checkRoom(stream);
    }

    private void checkRoom(StreamId stream) {
        if (streams.size() >= EventLog.STREAMS_MAX && !streams.containsKey(stream)) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "stream "
                            + stream
                            + " would be one more than the "
                            + EventLog.STREAMS_MAX
                            + " a log can have");
        }
    }

    /// Notes a record that was checked.
    public void advance(StreamId stream, long first, long last) {
        Extent extent = streams.get(stream);
        streams.put(stream, new Extent(extent == null ? first : extent.floor, last));
    }

    /// Checks that a stream can go on at a later number.
    ///
    /// @throws IllegalArgumentException when the stream is that far already
    public void checkRestart(StreamId stream, long next) {
        Extent extent = streams.get(stream);
        if (next < 1 || (extent != null && next <= extent.last)) {
            throw new IllegalArgumentException("stream " + stream + " cannot restart at " + next);
        }
        checkRoom(stream);
    }

    public void restart(StreamId stream, long next) {
        streams.put(stream, new Extent(next, next - 1));
    }

    /// Checks that there is room for a named value.
    ///
    /// @throws Problem LIMIT_EXCEEDED when it does not fit beside the others
    public void checkMeta(String key, int valueLength) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length + valueLength;
        byte[] old = meta.get(key);
        int freed = old == null ? 0 : bytesOf(key, old);
        if (metaBytes - freed + (long) bytes > EventLog.META_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "meta entry '"
                            + key
                            + "' of "
                            + bytes
                            + " bytes does not fit: all together may"
                            + " take "
                            + EventLog.META_BYTES_MAX);
        }
    }

    public void putMeta(String key, byte[] value) {
        byte[] old = meta.put(key, value);
        metaBytes += bytesOf(key, value) - (old == null ? 0 : bytesOf(key, old));
    }

    private static int bytesOf(String key, byte[] value) {
        return key.getBytes(StandardCharsets.UTF_8).length + value.length;
    }

    public Map<String, byte[]> meta() {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        meta.forEach((key, value) -> copy.put(key, value.clone()));
        return copy;
    }

    /// The lowest sequence number the log can have of this stream; 1 if it is unknown.
    public long floor(StreamId stream) {
        Extent extent = streams.get(stream);
        return extent == null ? 1 : extent.floor;
    }

    public Map<StreamId, Long> lasts() {
        Map<StreamId, Long> lasts = HashMap.newHashMap(streams.size());
        streams.forEach((stream, extent) -> lasts.put(stream, extent.last));
        return lasts;
    }

    /// The payload of a meta record.
    public static byte[] metaPayload(String key, byte[] value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = buffer(Integer.BYTES + name.length + value.length);
        return bytes.putInt(name.length).put(name).put(value).array();
    }

    /// @throws RuntimeException when it is none
    void putMeta(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        String key = text(bytes, bytes.getInt());
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        putMeta(key, value);
    }

    /// The payload of a snapshot record.
    public byte[] toBytes() {
        int length = 2 * Integer.BYTES + STREAM_BYTES * streams.size() + metaBytes;
        ByteBuffer bytes = buffer(length + 2 * Integer.BYTES * meta.size());
        bytes.putInt(streams.size());
        streams.forEach((stream, extent) ->
                bytes.putInt(stream.group())
                        .putInt(stream.actor())
                        .putLong(extent.floor)
                        .putLong(extent.last));
        bytes.putInt(meta.size());
        meta.forEach((key, value) -> {
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            bytes.putInt(name.length).put(name).putInt(value.length).put(value);
        });
        return bytes.array();
    }

    /// Reads the payload of a snapshot record.
    ///
    /// @throws RuntimeException when the bytes are no snapshot
    public static LogCatalog parse(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        LogCatalog catalog = new LogCatalog();
        for (int left = bytes.getInt(); left > 0; left--) {
            StreamId stream = new StreamId(bytes.getInt(), bytes.getInt());
            catalog.streams.put(stream, new Extent(bytes.getLong(), bytes.getLong()));
        }
        for (int left = bytes.getInt(); left > 0; left--) {
            String key = text(bytes, bytes.getInt());
            byte[] value = new byte[bytes.getInt()];
            bytes.get(value);
            catalog.putMeta(key, value);
        }
        return catalog;
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
