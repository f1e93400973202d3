package dev.sheaf.context.store.internal;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// An ordered walk over the keys with one prefix, over a snapshot of the database. Closing it twice
/// does nothing; moving and closing exclude each other.
public final class RocksCursor implements AutoCloseable {
    private final ReadOptions options;
    private final Slice upperBound;
    private final RocksIterator rows;
    private final Consumer<RocksCursor> closing;
    private boolean closed;

    /// A row as it is stored.
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(byte[] key, byte[] value) {}

    public RocksCursor(
            RocksHandle rocks,
            int family,
            byte[] prefix,
            byte[] fromKey,
            Consumer<RocksCursor> closing) {
        this.closing = closing;
        byte[] above = firstAbove(prefix);
        options = new ReadOptions().setFillCache(false);
        upperBound = new Slice(above);
        if (above.length > 0) {
            options.setIterateUpperBound(upperBound);
        }
        rows = rocks.database().newIterator(rocks.family(family), options);
        rows.seek(Arrays.compareUnsigned(fromKey, prefix) < 0 ? prefix : fromKey);
    }

    /// The lowest key above all that begin with the prefix; empty if there is none.
    static byte[] firstAbove(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
            length--;
        }
        byte[] above = Arrays.copyOf(prefix, length);
        if (length > 0) {
            above[length - 1]++;
        }
        return above;
    }

    public synchronized Optional<Row> next() throws RocksDBException {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
        if (!rows.isValid()) {
            rows.status();
            return Optional.empty();
        }
        Row row = new Row(rows.key(), rows.value());
        rows.next();
        return Optional.of(row);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            rows.close();
            options.close();
            upperBound.close();
            closing.accept(this);
        }
    }
}
