package dev.sheaf.lake.internal.store;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// A file to write whose errors are problems.
final class GuardedOutput implements OutputFile {
    private final Guard guard;
    private final OutputFile file;

    GuardedOutput(Guard guard, OutputFile file) {
        this.guard = guard;
        this.file = file;
    }

    @Override
    public PositionOutputStream create() {
        return new Stream(guard, file.location(), guard.run(file.location(), file::create));
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return new Stream(
                guard, file.location(), guard.run(file.location(), file::createOrOverwrite));
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public InputFile toInputFile() {
        return new GuardedInput(guard, file.toInputFile());
    }

    private static final class Stream extends PositionOutputStream {
        private final Guard guard;
        private final String location;
        private final PositionOutputStream stream;

        Stream(Guard guard, String location, PositionOutputStream stream) {
            this.guard = guard;
            this.location = location;
            this.stream = stream;
        }

        @Override
        public long getPos() {
            return guard.run(location, stream::getPos);
        }

        @Override
        public long storedLength() {
            return guard.run(location, stream::storedLength);
        }

        @Override
        public void write(int value) {
            guard.run(
                    location,
                    () -> {
                        stream.write(value);
                        return true;
                    });
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            guard.run(
                    location,
                    () -> {
                        stream.write(bytes, offset, length);
                        return true;
                    });
        }

        @Override
        public void flush() {
            guard.run(
                    location,
                    () -> {
                        stream.flush();
                        return true;
                    });
        }

        @Override
        public void close() {
            guard.run(
                    location,
                    () -> {
                        stream.close();
                        return true;
                    });
        }
    }
}
