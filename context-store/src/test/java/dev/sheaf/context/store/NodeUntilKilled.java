package dev.sheaf.context.store;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/// A process that writes into a [ContextStore] until somebody ends it: appends, syncs, prints what
/// is synced, and writes state behind it. The state's one document holds the position it reflects.
final class NodeUntilKilled {
    static final byte[] DOCUMENT = {1};

    private NodeUntilKilled() {}

    static ContextStoreOptions options(Path folder) {
        return new ContextStoreOptions(
                folder, LogFolders.OWNER, 256 << 10, 4 << 10, 8 << 20, 8 << 20);
    }

    static StateBatch stateAt(long position) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(position).array();
        return new StateBatch()
                .put(Table.DOCUMENTS, DOCUMENT, value)
                .put(Table.META, DOCUMENT, value);
    }

    static long stateOf(StateStore state, Table table) {
        return state.get(table, DOCUMENT).map(value -> ByteBuffer.wrap(value).getLong()).orElse(0L);
    }

    /// @param arguments the folder, and a seed
    public static void main(String[] arguments) {
        Random random = new Random(Long.parseLong(arguments[1]));
        PrintStream out = new PrintStream(System.out, true);
        try (ContextStore store = ContextStore.open(options(Path.of(arguments[0])), random)) {
            long sequence = store.log().syncedPosition();
            while (true) {
                for (int left = 1 + random.nextInt(20); left > 0; left--) {
                    LogContent.append(store.log(), ++sequence);
                }
                long synced = store.log().sync();
                out.println(synced);
                store.state().write(stateAt(synced), synced);
                if (random.nextInt(40) == 0) {
                    store.state().flush();
                }
            }
        }
    }
}
