package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.BatchBytes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Changes of state that are written together. They apply in the order in which they were added, so
/// the last one of a key counts. Keys and values are copied.
///
/// Not safe for several threads. A batch is used up by [StateStore#write]; [#clear()] makes it
/// empty again and keeps its memory.
public final class StateBatch {
    /// Expiry is kept by the minute: rounded up, so that nothing goes too early.
    static final long EXPIRY_STEP_MILLIS = 60_000;

    private final BatchBytes bytes = new BatchBytes();
    private final Map<Long, List<byte[]>> expiring = new TreeMap<>();

    /// Puts an entry that stays until it is deleted.
    ///
    /// @throws IllegalArgumentException for [Table#DEDUPE], whose entries expire
    public StateBatch put(Table table, byte[] key, byte[] value) {
        if (table == Table.DEDUPE) {
            throw new IllegalArgumentException("entries of DEDUPE need an expiry");
        }
        bytes.put(table.number(), key, value);
        return this;
    }

    /// Puts an entry into [Table#DEDUPE] that [StateStore#expire] removes later. Put again, the
    /// later value and expiry count.
    ///
    /// @param expiresAtMillis since 1970, not negative
    public StateBatch putExpiring(byte[] key, byte[] value, long expiresAtMillis) {
        long step = Math.ceilDiv(expiresAtMillis, EXPIRY_STEP_MILLIS);
        byte[] stamped =
                ByteBuffer.allocate(Long.BYTES + value.length).putLong(step).put(value).array();
        bytes.put(Table.DEDUPE.number(), key, stamped);
        expiring.computeIfAbsent(step, s -> new ArrayList<>()).add(key.clone());
        return this;
    }

    public StateBatch delete(Table table, byte[] key) {
        bytes.delete(table.number(), key);
        return this;
    }

    /// Deletes all keys from the first up to, but without, the last.
    public StateBatch deleteRange(Table table, byte[] fromKey, byte[] toKey) {
        bytes.deleteRange(table.number(), fromKey, toKey);
        return this;
    }

    /// About how much memory its changes take.
    public int sizeBytes() {
        return bytes.size();
    }

    /// How many changes it has.
    public int count() {
        return bytes.count();
    }

    /// How many bytes they take.
    public int size() {
        return bytes.size();
    }

    public void clear() {
        bytes.clear();
        expiring.clear();
    }

    BatchBytes bytes() {
        return bytes;
    }

    /// Which keys expire when, in steps since 1970.
    Map<Long, List<byte[]>> expiring() {
        return expiring;
    }

    /// When a stamped value of [Table#DEDUPE] expires.
    static long expiryStep(byte[] stamped) {
        return ByteBuffer.wrap(stamped).getLong();
    }

    /// The value as it was put.
    static byte[] plain(Table table, byte[] stored) {
        return table == Table.DEDUPE
                ? java.util.Arrays.copyOfRange(stored, Long.BYTES, stored.length)
                : stored;
    }
}
