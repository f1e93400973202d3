package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.Disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A disk that fails when it is told to: after so many more writes or syncs, for good. A failing
/// write leaves half of its bytes.
final class FaultyDisk extends Disk {
    private volatile int operationsLeft = Integer.MAX_VALUE;
    private int operations;

    /// From now on so many writes and syncs succeed.
    synchronized void failAfter(int more) {
        operationsLeft = more;
    }

    /// How many writes and syncs there were.
    synchronized int operations() {
        return operations;
    }

    private synchronized boolean fails() {
        operations++;
        if (operationsLeft > 0) {
            operationsLeft--;
            return false;
        }
        return true;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return new FaultyChannel(super.open(file, options));
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        if (fails()) {
            throw new IOException("Input/output error");
        }
        super.syncFolder(folder);
    }

    private final class FaultyChannel extends FileChannel {
        private final FileChannel channel;

        FaultyChannel(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (fails()) {
                channel.write(source.slice(source.position(), source.remaining() / 2), position);
                throw new IOException("No space left on device");
            }
            return channel.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (fails()) {
                throw new IOException("Input/output error");
            }
            channel.force(metaData);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            channel.position(newPosition);
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count)
                throws IOException {
            return channel.transferFrom(source, position, count);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
