package dev.sheaf.cli.query;

import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;

import java.util.Optional;

/// While open, an interrupted process (Ctrl-C) first tells the node to stop the statement. Before
/// the node has named it, the connection that breaks off says the same.
final class CancelOnInterrupt implements AutoCloseable {
    private final SheafClient client;
    private volatile Optional<String> query = Optional.empty();
    private final Thread hook = new Thread(this::cancel, "cancel-on-interrupt");

    CancelOnInterrupt(SheafClient client) {
        this.client = client;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void watch(String queryId) {
        query = Optional.of(queryId);
    }

    private void cancel() {
        query.ifPresent(id -> {
            try {
                client.cancelQuery(id);
            } catch (Problem alreadyGone) {
                return; // The connection ends with the process; the node notices.
            }
        });
    }

    @Override
    public void close() {
        query = Optional.empty();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // The hook runs, which is what it is for.
        }
    }
}
