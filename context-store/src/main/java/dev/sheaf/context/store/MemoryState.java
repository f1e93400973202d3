package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.BatchBytes;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A [StateStore] in memory, for simulations and tests: it can [#crash()], which goes back to the
/// last flush. It has no checkpoints. Safe for several threads; one lock.
public final class MemoryState implements StateStore {
    private Map<Table, NavigableMap<byte[], byte[]>> tables = empty();
    private Map<Table, NavigableMap<byte[], byte[]>> flushed = empty();
    private long position;
    private long durablePosition;
    private boolean closed;

    private static Map<Table, NavigableMap<byte[], byte[]>> empty() {
        Map<Table, NavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
        return tables;
    }

    private static Map<Table, NavigableMap<byte[], byte[]>> copy(
            Map<Table, NavigableMap<byte[], byte[]>> tables) {
        Map<Table, NavigableMap<byte[], byte[]>> copy = empty();
        copy.forEach((table, rows) -> rows.putAll(rows(tables, table)));
        return copy;
    }

    private static NavigableMap<byte[], byte[]> rows(
            Map<Table, NavigableMap<byte[], byte[]>> tables, Table table) {
        NavigableMap<byte[], byte[]> rows = tables.get(table);
        if (rows == null) {
            throw new IllegalStateException("no table " + table);
        }
        return rows;
    }

    /// Loses what was not flushed and goes on as if it were opened again.
    public synchronized void crash() {
        tables = copy(flushed);
        position = durablePosition;
        closed = false;
    }

    @Override
    public synchronized void write(StateBatch batch, long logPosition) {
        requireOpen();
        if (logPosition < position) {
            throw new IllegalArgumentException(
                    "log position " + logPosition + " after " + position);
        }
        Table[] byNumber = Table.values();
        batch.bytes()
                .forEach(
                        new BatchBytes.Visitor() {
                            @Override
                            public void put(int family, byte[] key, byte[] value) {
                                rows(tables, byNumber[family - 1]).put(key, value);
                            }

                            @Override
                            public void delete(int family, byte[] key) {
                                rows(tables, byNumber[family - 1]).remove(key);
                            }

                            @Override
                            public void deleteRange(int family, byte[] from, byte[] to) {
                                if (Arrays.compareUnsigned(from, to) < 0) {
                                    rows(tables, byNumber[family - 1])
                                            .subMap(from, true, to, false)
                                            .clear();
                                }
                            }
                        });
        position = logPosition;
        batch.clear();
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized long durablePosition() {
        return durablePosition;
    }

    @Override
    public synchronized Optional<byte[]> get(Table table, byte[] key) {
        requireOpen();
        return Optional.ofNullable(rows(tables, table).get(key))
                .map(stored -> StateBatch.plain(table, stored).clone());
    }

    @Override
    public List<Optional<byte[]>> multiGet(Table table, List<byte[]> keys) {
        return keys.stream().map(key -> get(table, key)).toList();
    }

    @Override
    public synchronized StateCursor scan(Table table, byte[] prefix, byte[] fromKey) {
        requireOpen();
        byte[] from = Arrays.compareUnsigned(fromKey, prefix) < 0 ? prefix : fromKey;
        List<StateEntry> found = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> row : rows(tables, table).tailMap(from).entrySet()) {
            byte[] key = row.getKey();
            if (key.length < prefix.length
                    || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                break;
            }
            found.add(new StateEntry(key.clone(), StateBatch.plain(table, row.getValue()).clone()));
        }
        return new ListCursor(found.iterator());
    }

    private record ListCursor(Iterator<StateEntry> entries) implements StateCursor {
        @Override
        public Optional<StateEntry> next() {
            return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        }

        @Override
        public void close() {
            entries.forEachRemaining(entry -> {});
        }
    }

    @Override
    public synchronized int expire(long nowMillis, int idsMax) {
        requireOpen();
        int count = 0;
        Iterator<byte[]> stamped = rows(tables, Table.DEDUPE).values().iterator();
        while (stamped.hasNext() && count < idsMax) {
            if (StateBatch.expiryStep(stamped.next()) * StateBatch.EXPIRY_STEP_MILLIS
                    <= nowMillis) {
                stamped.remove();
                count++;
            }
        }
        return count;
    }

    @Override
    public synchronized long flush() {
        requireOpen();
        flushed = copy(tables);
        durablePosition = position;
        return durablePosition;
    }

    @Override
    public void checkpoint(Path folder) {
        throw new Problem(
                ProblemCode.BAD_REQUEST, "state that is kept in memory has no checkpoints");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the state store is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            flush();
            closed = true;
        }
    }
}
