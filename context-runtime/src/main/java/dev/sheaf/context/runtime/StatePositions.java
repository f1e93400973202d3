package dev.sheaf.context.runtime;

import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateStore;

import java.util.Arrays;

/// Up to where each worker's part of the log is in the state store; a restart replays from the
/// least of them. Writes one batch at a time. For any thread.
final class StatePositions {
    private final StateStore state;
    private final long[] positions;

    StatePositions(StateStore state, int workers) {
        this.state = state;
        this.positions = new long[workers];
        Arrays.fill(positions, state.position());
    }

    /// @param position the worker's groups are in the batch, or unchanged, up to here
    synchronized void write(int worker, StateBatch batch, long position) {
        positions[worker] = Math.max(positions[worker], position);
        long least = Arrays.stream(positions).min().orElse(0);
        state.write(batch, Math.max(least, state.position()));
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
