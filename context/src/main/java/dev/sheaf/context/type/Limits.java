package dev.sheaf.context.type;

import dev.sheaf.kernel.ByteSize;

/// How large a type's documents may grow.
///
/// @param documentBytesMax as JSON text
/// @param listElementsMax of one list
/// @param depthMax objects and arrays within one another
public record Limits(ByteSize documentBytesMax, int listElementsMax, int depthMax) {
    public static final Limits DEFAULT = new Limits(ByteSize.ofMebibytes(10), 1_000_000, 100);

    static final ByteSize DOCUMENT_BYTES_LEAST = new ByteSize(1024);
    static final ByteSize DOCUMENT_BYTES_MOST = ByteSize.ofMebibytes(256);
    static final int LIST_ELEMENTS_MOST = 10_000_000;
    static final int DEPTH_MOST = 500;
}
