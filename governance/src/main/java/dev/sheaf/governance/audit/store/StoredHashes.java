package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.merkle.HashReader;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The hashes that the log keeps beside its entries: all entries' in one file, and of every 256
/// hashes of a file one in the next. What lies between is computed when it is asked for, from 128
/// hashes at most. For any thread.
final class StoredHashes implements HashReader, AutoCloseable {
    static final int LEVELS = 5;
    static final int TILE_BITS = 8;

    private final Path folder;
    private final List<FileChannel> channels;

    StoredHashes(Path folder, List<FileChannel> channels) {
        this.folder = folder;
        this.channels = List.copyOf(channels);
    }

    /// Those that are there, to be read only.
    static StoredHashes openForReading(Path folder) throws IOException {
        List<FileChannel> channels = new ArrayList<>();
        for (int level = 0; level < LEVELS && Files.exists(file(folder, level)); level++) {
            channels.add(FileChannel.open(file(folder, level), StandardOpenOption.READ));
        }
        return new StoredHashes(folder, channels);
    }

    static Path file(Path folder, int level) {
        return folder.resolve("hashes." + level);
    }

    /// How many hashes a file has.
    long count(int level) {
        if (level >= channels.size()) {
            return 0;
        }
        try {
            return channels.get(level).size() / TreeHash.BYTES;
        } catch (IOException e) {
            throw AuditDisk.failed("reading", file(folder, level), e);
        }
    }

    /// Whether each file has what a log of this size needs.
    boolean cover(long size) {
        for (int level = 0; level < LEVELS; level++) {
            if (count(level) < size >> TILE_BITS * level) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TreeHash subtree(int level, long index) {
        int file = Math.min(level / TILE_BITS, channels.size() - 1);
        int above = level - file * TILE_BITS;
        if (file < 0) {
            throw AuditDisk.damaged(file(folder, 0), 0, "it is missing");
        }
        return fold(file, index << above, above);
    }

    private TreeHash fold(int file, long first, int height) {
        if (height > TILE_BITS) {
            long half = 1L << height - 1;
            return TreeHash.node(
                    fold(file, first, height - 1), fold(file, first + half, height - 1));
        }
        List<TreeHash> row = read(file, first, 1 << height);
        while (row.size() > 1) {
            List<TreeHash> shorter = new ArrayList<>(row.size() / 2);
            for (int i = 0; i < row.size(); i += 2) {
                shorter.add(TreeHash.node(row.get(i), row.get(i + 1)));
            }
            row = shorter;
        }
        return row.getFirst();
    }

    private List<TreeHash> read(int level, long first, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * TreeHash.BYTES);
        long offset = first * TreeHash.BYTES;
        try {
            if (!AuditDisk.read(channels.get(level), bytes, offset)) {
                throw AuditDisk.damaged(
                        file(folder, level), channels.get(level).size(), "hashes are missing");
            }
        } catch (IOException e) {
            throw AuditDisk.failed("reading", file(folder, level), e);
        }
        bytes.flip();
        List<TreeHash> hashes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(TreeHash.read(bytes));
        }
        return hashes;
    }

    @Override
    public void close() {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "closing the hashes in " + folder + " failed: " + e.getMessage(),
                        e);
            }
        }
    }
}
