package dev.sheaf.context.document;

import java.util.function.IntUnaryOperator;

/// Documents as bytes, for storage and for STATE.
public final class DocumentCodec {
    private DocumentCodec() {}

    /// @param actorNumber from the node's actor index to the number that is written; the caller
    ///   keeps or sends the names that the numbers stand for
    public static byte[] encode(Document document, IntUnaryOperator actorNumber) {
        throw new UnsupportedOperationException();
    }

    /// @param actorIndex from the number that was written to the node's actor index; throws a
    ///   Problem for a number it does not know
    public static Document decode(byte[] bytes, IntUnaryOperator actorIndex) {
        throw new UnsupportedOperationException();
    }
}
