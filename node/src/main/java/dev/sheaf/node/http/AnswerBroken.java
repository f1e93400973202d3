package dev.sheaf.node.http;

import java.io.IOException;

/// The caller cannot be written to any more.
final class AnswerBroken extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerBroken(IOException cause) {
        super("the caller hung up", cause);
    }
}
