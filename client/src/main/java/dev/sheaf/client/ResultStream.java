package dev.sheaf.client;

import dev.sheaf.kernel.Problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/// Rows as they arrive. Closing before the end cancels the statement.
///
/// When the node cannot finish it breaks the stream off; reading then throws the [Problem] that
/// stopped it, so that no part is ever taken for the whole.
public final class ResultStream implements AutoCloseable {
    private final Optional<String> queryId;
    private final String mediaType;
    private final InputStream body;

    ResultStream(
            Optional<String> queryId,
            String mediaType,
            InputStream body,
            Function<IOException, Problem> reason) {
        this.queryId = queryId;
        this.mediaType = mediaType;
        this.body = new ExplainedStream(body, reason);
    }

    /// For [SheafClient#cancelQuery]; empty for quarantined rows.
    public Optional<String> queryId() {
        return queryId;
    }

    public String mediaType() {
        return mediaType;
    }

    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class ExplainedStream extends FilterInputStream {
        private final Function<IOException, Problem> reason;

        ExplainedStream(InputStream in, Function<IOException, Problem> reason) {
            super(in);
            this.reason = reason;
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw reason.apply(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw reason.apply(e);
            }
        }
    }
}
