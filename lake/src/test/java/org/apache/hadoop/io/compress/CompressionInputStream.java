package org.apache.hadoop.io.compress;

import java.io.IOException;
import java.io.InputStream;

/// A stand-in, see [org.apache.hadoop.conf.Configuration].
public abstract class CompressionInputStream extends InputStream {
    protected final InputStream in;

    protected CompressionInputStream(InputStream in) throws IOException {
        this.in = in;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
