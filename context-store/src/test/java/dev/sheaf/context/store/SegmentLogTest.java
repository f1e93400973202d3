package dev.sheaf.context.store;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The log in files keeps the contract; segments and buffers are small, so that both change often.
final class SegmentLogTest extends EventLogContract {
    @TempDir private Path directory;
    private Path folder = Path.of("none");
    private int crashes;

    @Override
    protected EventLog create() {
        folder = directory.resolve("log");
        return LogFolders.open(folder);
    }

    @Override
    protected EventLog crash(EventLog log) throws Exception {
        Path next = directory.resolve("log" + ++crashes);
        LogFolders.copy(folder, next);
        log.close();
        folder = next;
        return LogFolders.open(folder);
    }

    @Override
    protected EventLog reopen(EventLog log) {
        log.close();
        return LogFolders.open(folder);
    }
}
