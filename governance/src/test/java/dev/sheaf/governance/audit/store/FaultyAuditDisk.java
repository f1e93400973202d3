package dev.sheaf.governance.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A disk that gets full, or breaks, when it is told to. A failing write leaves half of its bytes.
final class FaultyAuditDisk extends AuditDisk {
    private int operationsLeft = Integer.MAX_VALUE;
    private int operations;
    private boolean isFull;

    /// From now on so many writes and syncs succeed.
    synchronized void failAfter(int more) {
        operationsLeft = more;
    }

    /// From now on no write finds room; syncs go on.
    synchronized void fill(boolean full) {
        isFull = full;
    }

    synchronized int operations() {
        return operations;
    }

    private synchronized boolean fails(boolean isWrite) {
        operations++;
        if (isFull && isWrite) {
            return true;
        }
        if (operationsLeft > 0) {
            operationsLeft--;
            return false;
        }
        return true;
    }

    @Override
    FileChannel open(Path file, OpenOption... options) throws IOException {
        return new ForwardingChannel(super.open(file, options)) {
            @Override
            public int write(ByteBuffer source, long position) throws IOException {
                if (fails(true)) {
                    ByteBuffer half = source.slice(source.position(), source.remaining() / 2);
                    super.write(half, position);
                    throw new IOException("No space left on device");
                }
                return super.write(source, position);
            }

            @Override
            public void force(boolean metaData) throws IOException {
                if (fails(false)) {
                    throw new IOException("Input/output error");
                }
                super.force(metaData);
            }
        };
    }

    @Override
    void syncFolder(Path folder) throws IOException {
        if (fails(false)) {
            throw new IOException("Input/output error");
        }
        super.syncFolder(folder);
    }
}
