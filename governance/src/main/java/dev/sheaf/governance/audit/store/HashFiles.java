package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.merkle.TreeFrontier;
import dev.sheaf.governance.audit.merkle.TreeHash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Writes the hashes that [StoredHashes] reads. They are durable when a checkpoint is signed; what
/// comes after is made again from the entries. For one thread, readers apart.
final class HashFiles implements TreeFrontier.SubtreeConsumer, AutoCloseable {
    private static final int PENDING_BYTES = 64 << 10;

    private final Path folder;
    private final List<FileChannel> channels = new ArrayList<>();
    private final long[] counts = new long[StoredHashes.LEVELS];
    private final ByteBuffer[] pending = new ByteBuffer[StoredHashes.LEVELS];
    private final StoredHashes stored;

    HashFiles(Path folder, AuditDisk disk) throws IOException {
        this.folder = folder;
        try {
            for (int level = 0; level < StoredHashes.LEVELS; level++) {
                channels.add(
                        disk.open(
                                StoredHashes.file(folder, level),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE));
                pending[level] = ByteBuffer.allocate(PENDING_BYTES);
            }
        } catch (IOException e) {
            for (FileChannel channel : channels) {
                channel.close();
            }
            throw e;
        }
        stored = new StoredHashes(folder, channels);
    }

    /// What was flushed, to be read by anybody.
    StoredHashes stored() {
        return stored;
    }

    Path folder() {
        return folder;
    }

    /// Forgets what a log of this size does not need.
    void cutTo(long size) throws IOException {
        for (int level = 0; level < counts.length; level++) {
            counts[level] = size >> StoredHashes.TILE_BITS * level;
            channels.get(level).truncate(counts[level] * TreeHash.BYTES);
            pending[level].clear();
        }
    }

    @Override
    public void accept(int level, TreeHash hash) {
        int file = level / StoredHashes.TILE_BITS;
        if (level % StoredHashes.TILE_BITS != 0 || file >= counts.length) {
            return;
        }
        if (pending[file].remaining() < TreeHash.BYTES) {
            ByteBuffer larger = ByteBuffer.allocate(pending[file].capacity() * 2);
            pending[file] = larger.put(pending[file].flip());
        }
        hash.write(pending[file]);
    }

    /// Writes what was added. After a failure everything is still there to be written again.
    void flush() throws IOException {
        for (int level = 0; level < counts.length; level++) {
            ByteBuffer bytes = pending[level];
            if (bytes.position() == 0) {
                continue;
            }
            AuditDisk.write(
                    channels.get(level), bytes.duplicate().flip(), counts[level] * TreeHash.BYTES);
            counts[level] += bytes.position() / TreeHash.BYTES;
            bytes.clear();
        }
    }

    /// Makes durable what was flushed.
    void sync() throws IOException {
        for (FileChannel channel : channels) {
            channel.force(false);
        }
    }

    @Override
    public void close() {
        stored.close();
    }
}
