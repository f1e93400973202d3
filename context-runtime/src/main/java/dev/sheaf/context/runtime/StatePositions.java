package dev.sheaf.context.runtime;

import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateStore;
import dev.sheaf.context.store.Table;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Up to where each worker's part of the log is in the state store; a restart replays from the
/// least of them. Writes one batch at a time. For any thread.
final class StatePositions {
    private static final byte[] LOGGED = "logged".getBytes(StandardCharsets.UTF_8);

    private final StateStore state;
    private final long[] positions;
    private long logged;

    StatePositions(StateStore state, int workers) {
        this.state = state;
        this.positions = new long[workers];
        Arrays.fill(positions, state.position());
        this.logged =
                state.get(Table.META, LOGGED)
                        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                        .orElse(0L);
    }

    /// Documents may be further than the position: each says itself how far.
    ///
    /// @throws Problem STORAGE_FAILED when the log ends before what documents have
    void requireWithin(EventLog log) {
        if (logged > log.syncedPosition()) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "documents have what the context log had up to position "
                            + logged
                            + ", but it ends at "
                            + log.syncedPosition()
                            + ": records that were acknowledged are missing. Restore the last"
                            + " checkpoint, or move the folder away and let the node join again"
                            + " under its next epoch");
        }
    }

    /// @param position the worker's groups are in the batch, or unchanged, up to here
    /// @param loggedThen how far documents in the batch can be
    synchronized void write(int worker, StateBatch batch, long position, long loggedThen) {
        putLogged(batch, loggedThen);
        positions[worker] = Math.max(positions[worker], position);
        long least = Arrays.stream(positions).min().orElse(0);
        state.write(batch, Math.max(least, state.position()));
    }

    /// Documents only, which may be further than the position.
    ///
    /// @param loggedThen how far they can be
    synchronized void write(StateBatch documents, long loggedThen) {
        putLogged(documents, loggedThen);
        state.write(documents, state.position());
    }

    private void putLogged(StateBatch batch, long loggedThen) {
        logged = Math.max(logged, loggedThen);
        batch.put(Table.META, LOGGED, ByteBuffer.allocate(Long.BYTES).putLong(logged).array());
    }

    /// The worker had nothing to write up to here: others need not wait for it. Told to the store
    /// with the next batch.
    synchronized void unchanged(int worker, long position) {
        positions[worker] = Math.max(positions[worker], position);
    }

    /// Writes what belongs to no worker.
    synchronized void writeBeside(StateBatch batch) {
        state.write(batch, state.position());
    }

    synchronized long flush() {
        return state.flush();
    }
}
