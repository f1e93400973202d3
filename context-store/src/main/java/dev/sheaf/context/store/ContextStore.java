package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.CheckpointFolder;
import dev.sheaf.context.store.internal.Disk;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;

/// All that a node keeps: its log and the state behind it, in one folder. It makes sure that they
/// belong together, and copies both into checkpoints.
///
/// Safe for the threads that [EventLog] and [StateStore] allow.
public final class ContextStore implements AutoCloseable {
    private final SegmentLog log;
    private final RocksState state;

    private ContextStore(SegmentLog log, RocksState state) {
        this.log = log;
        this.state = state;
    }

    /// Opens both. What the log has after [StateStore#position()] is still to be replayed.
    ///
    /// @throws Problem STORAGE_FAILED when one is damaged, when the state is ahead of the log, or
    ///   when a restore into this folder was not finished; CONFLICT when it is open already
    public static ContextStore open(ContextStoreOptions options, RandomGenerator random) {
        CheckpointFolder.requireRestored(options.folder());
        SegmentLog log = SegmentLog.open(options.log(), random);
        try {
            RocksState state = RocksState.open(options.state());
            try {
                requireTogether(options.folder(), log, state);
            } catch (RuntimeException e) {
                state.close();
                throw e;
            }
            return new ContextStore(log, state);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static void requireTogether(Path folder, SegmentLog log, RocksState state) {
        if (state.position() > log.syncedPosition()) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the documents' state in "
                            + folder
                            + " is at log position "
                            + state.position()
                            + ", but the log ends at "
                            + log.syncedPosition()
                            + ": records that were acknowledged are missing. Restore the last"
                            + " checkpoint, or move the folder away and let the node join again"
                            + " under its next epoch");
        }
    }

    public SegmentLog log() {
        return log;
    }

    public RocksState state() {
        return state;
    }

    /// Cuts the log as far as these sequence numbers and the durable state allow.
    ///
    /// @return how many segments went
    public int truncate(Map<StreamId, Long> releasedSequences) {
        return log.truncate(releasedSequences, state.durablePosition());
    }

    /// Refuses a folder that is in use.
    ///
    /// @param purpose what needs one of its own, for the message
    /// @throws Problem CONFLICT when the folder has something in it; STORAGE_FAILED when it cannot
    ///   be read
    public static void requireEmpty(Path folder, String purpose) {
        CheckpointFolder.requireEmpty(folder, purpose);
    }

    /// Puts a consistent copy of log and state into a folder, with a manifest of checksums that is
    /// written last: without it the copy does not count. What can be linked takes no room.
    /// Appending and reading go on; cutting and scrubbing the log wait.
    ///
    /// @param folder must not exist, or be empty
    /// @return the log position up to which it has everything
    /// @throws Problem CONFLICT when the folder has something in it; STORAGE_FAILED when the disk
    ///   fails
    public long checkpoint(Path folder) {
        CheckpointFolder.requireEmpty(folder, "a checkpoint");
        try {
            Path logFolder = folder.resolve(ContextStoreOptions.LOG);
            Files.createDirectories(logFolder);
            // The state first: the log then reaches at least as far.
            state.checkpoint(folder.resolve(ContextStoreOptions.STATE));
            long position = log.copyTo(logFolder);
            CheckpointFolder.seal(folder, position);
            return position;
        } catch (IOException e) {
            throw Disk.failed("writing the checkpoint", folder, e);
        }
    }

    /// Makes a data folder out of a checkpoint, after checking every byte of it.
    ///
    /// @param dataFolder must not exist, or be empty
    /// @return the log position up to which it has everything
    /// @throws Problem UNREADABLE_INPUT when the checkpoint is incomplete or damaged; CONFLICT when
    ///   the data folder has something in it; STORAGE_FAILED when the disk fails
    public static long restore(Path checkpoint, Path dataFolder) {
        CheckpointFolder.requireEmpty(dataFolder, "a restored node");
        try {
            return CheckpointFolder.copy(checkpoint, dataFolder);
        } catch (IOException e) {
            throw Disk.failed("restoring " + checkpoint + " into", dataFolder, e);
        }
    }

    /// Closes both; does nothing the second time.
    @Override
    public void close() {
        try {
            state.close();
        } finally {
            log.close();
        }
    }
}
