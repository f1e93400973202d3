package dev.sheaf.node.http;

import java.io.IOException;
import java.io.OutputStream;

/// An answer's body that tells failures of the connection from those of whoever writes, and that is
/// ended properly by [#finish()] only: a writer that fails half-way must not seem to be done.
final class AnswerBody extends OutputStream {
    private final OutputStream connection;

    AnswerBody(OutputStream connection) {
        this.connection = connection;
    }

    @Override
    public void write(int value) throws IOException {
        try {
            connection.write(value);
        } catch (IOException e) {
            throw new AnswerBroken(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            connection.write(bytes, offset, length);
        } catch (IOException e) {
            throw new AnswerBroken(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            connection.flush();
        } catch (IOException e) {
            throw new AnswerBroken(e);
        }
    }

    void finish() throws IOException {
        try {
            connection.close();
        } catch (IOException e) {
            throw new AnswerBroken(e);
        }
    }

    /// Does nothing: see [#finish()].
    @Override
    public void close() {}
}
