package dev.sheaf.product.publish;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.product.ingest.SourceReader;

/// @param memoryMax of the engine session; more is spilled to scratch
/// @param threads of the engine session
/// @param recordBytesMax the longest record of a text file; longer ones go to quarantine
public record PublishLimits(ByteSize memoryMax, int threads, long recordBytesMax) {
    public static final PublishLimits DEFAULT =
            new PublishLimits(
                    ByteSize.ofMebibytes(2048),
                    Math.max(1, Runtime.getRuntime().availableProcessors()),
                    SourceReader.RECORD_BYTES_MAX);
}
