package dev.sheaf.engine.internal;

import java.nio.charset.StandardCharsets;

/// One message.
///
/// @param request the request it belongs to, 0 for none
/// @param payload never changed after construction
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of each chunk would cost
public record Frame(FrameType type, int request, byte[] payload) {
    /// The payload as UTF-8.
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
