package org.apache.hadoop.io.compress;

import java.io.IOException;
import java.io.InputStream;

/// A stand-in, see [org.apache.hadoop.conf.Configuration].
public interface CompressionCodec {
    CompressionInputStream createInputStream(InputStream in, Decompressor decompressor)
            throws IOException;
}
