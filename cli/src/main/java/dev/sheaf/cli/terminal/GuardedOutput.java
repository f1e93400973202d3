package dev.sheaf.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Remembers the first failure of a stream, which a print stream over it would swallow. Not safe
/// for threads.
public final class GuardedOutput extends OutputStream {
    private final OutputStream target;
    private Optional<IOException> failure = Optional.empty();

    public GuardedOutput(OutputStream target) {
        this.target = target;
    }

    /// What went wrong, unless it was only that the reader had seen enough (`sheaf … | head`).
    public Optional<IOException> failure() {
        return failure.filter(e -> !String.valueOf(e.getMessage()).contains("Broken pipe"));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
