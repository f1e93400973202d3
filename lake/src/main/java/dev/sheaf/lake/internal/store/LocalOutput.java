package dev.sheaf.lake.internal.store;

import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A local file to write, which appears when its stream is closed and every write succeeded.
record LocalOutput(String location) implements OutputFile {
    @Override
    public PositionOutputStream create() {
        if (Files.exists(LocalStore.path(location))) {
            throw new AlreadyExistsException("%s exists", location);
        }
        return open(true);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return open(false);
    }

    @Override
    public InputFile toInputFile() {
        return new LocalInput(location);
    }

    private PositionOutputStream open(boolean exclusive) {
        Path target = LocalStore.path(location);
        try {
            Files.createDirectories(target.getParent());
            return new Stream(LocalStore.unfinishedBeside(target), target, exclusive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Stream extends PositionOutputStream {
        private static final int BUFFER_BYTES = 1 << 16;

        private final Path unfinished;
        private final Path target;
        private final boolean exclusive;
        private final FileOutputStream file;
        private final OutputStream out;
        private long position;
        private boolean failed;
        private boolean closed;

        Stream(Path unfinished, Path target, boolean exclusive) throws IOException {
            this.unfinished = unfinished;
            this.target = target;
            this.exclusive = exclusive;
            this.file = new FileOutputStream(unfinished.toFile());
            this.out = new BufferedOutputStream(file, BUFFER_BYTES);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            failed = true;
            out.write(bytes, offset, length);
            position += length;
            failed = false;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (file) {
                if (failed) {
                    return;
                }
                out.flush();
                file.getFD().sync();
                appear();
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }

        private void appear() throws IOException {
            if (!exclusive) {
                LocalStore.appear(unfinished, target);
                return;
            }
            try {
                // a link, unlike a rename, never replaces what another writer put there meanwhile
                Files.createLink(target, unfinished);
            } catch (FileAlreadyExistsException e) {
                throw new AlreadyExistsException(e, "%s exists", target);
            }
            LocalStore.syncDirectoryOf(target);
        }
    }
}
