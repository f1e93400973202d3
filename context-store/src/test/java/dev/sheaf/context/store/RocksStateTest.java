package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/// The state in RocksDB keeps the contract.
final class RocksStateTest extends StateStoreContract {
    @TempDir private Path directory;

    private StateStore open() {
        return RocksState.open(RocksStateOptions.of(directory.resolve("state")));
    }

    @Override
    protected StateStore create() {
        return open();
    }

    @Override
    protected StateStore crash(StateStore state) {
        ((RocksState) state).abandon();
        return open();
    }

    @Override
    protected StateStore reopen(StateStore state) {
        state.close();
        return open();
    }

    @Test
    void onlyOneMayHaveItOpen() {
        Problem problem = assertThrows(Problem.class, this::open);
        assertEquals(ProblemCode.CONFLICT, problem.code(), problem.message());
    }

    @Test
    void manyDocumentsAreLoadedInBoundedNativeMemory() {
        int count = 200_000;
        byte[] document = new byte[300];
        Random random = new Random(1);
        StateBatch batch = new StateBatch();
        for (int i = 1; i <= count; i++) {
            random.nextBytes(document);
            batch.put(Table.DOCUMENTS, ("document " + i).getBytes(US_ASCII), document);
            if (batch.count() == 1_000) {
                state.write(batch, i);
            }
        }
        int scanned = 0;
        try (StateCursor cursor = state.scan(Table.DOCUMENTS, new byte[0], new byte[0])) {
            while (cursor.next().isPresent()) {
                scanned++;
            }
        }
        assertEquals(count, scanned);
        Map<String, Long> sizes = ((RocksState) state).sizes();
        long nativeBytes =
                sizes.getOrDefault("memtableBytes", 0L)
                        + sizes.getOrDefault("blockCacheBytes", 0L)
                        + sizes.getOrDefault("tableReaderBytes", 0L);
        assertTrue(nativeBytes < 3 * RocksStateOptions.WRITE_BUFFER_BYTES, sizes.toString());
        assertTrue(sizes.getOrDefault("sstBytes", 0L) > 0, sizes.toString());
    }
}
