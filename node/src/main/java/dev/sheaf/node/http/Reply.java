package dev.sheaf.node.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// What a handler answers. Header names are in their usual spelling.
public sealed interface Reply {
    int status();

    Map<String, String> headers();

    /// A value of the API, written as JSON.
    record Json(int status, Object value, Map<String, String> headers) implements Reply {}

    record Bytes(int status, String mediaType, byte[] body, Map<String, String> headers)
            implements Reply {}

    record Empty(int status, Map<String, String> headers) implements Reply {}

    /// A body of unknown length. What the writer throws before its first byte becomes a proper
    /// problem; after it, the connection is cut, so that nobody takes a part for the whole.
    record Stream(int status, String mediaType, BodyWriter writer, Map<String, String> headers)
            implements Reply {}

    static Reply json(Object value) {
        return new Json(200, value, Map.of());
    }

    static Reply noContent() {
        return new Empty(204, Map.of());
    }

    /// Writes a body; blocks while the reader is slow.
    @FunctionalInterface
    interface BodyWriter {
        /// @throws IOException when the reader is gone
        void write(OutputStream body) throws IOException;
    }
}
