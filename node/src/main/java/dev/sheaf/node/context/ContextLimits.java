package dev.sheaf.node.context;

import dev.sheaf.kernel.ByteSize;

/// What one caller may ask of the context API.
///
/// @param eventMax the body of a write
/// @param batchMax the body of an ingest
/// @param depthMax how deep JSON may be nested
/// @param streamsMax streams of changes and conflicts at once
public record ContextLimits(ByteSize eventMax, ByteSize batchMax, int depthMax, int streamsMax) {
    public static final ContextLimits DEFAULT =
            new ContextLimits(ByteSize.ofMebibytes(1), ByteSize.ofMebibytes(32), 100, 1000);

    public ContextLimits {
        if (depthMax < 1 || streamsMax < 1) {
            throw new IllegalArgumentException(
                    "depthMax " + depthMax + ", streamsMax " + streamsMax + ": at least 1 each");
        }
    }
}
