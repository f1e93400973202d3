package org.apache.hadoop.io.compress;

import java.io.OutputStream;

/// A stand-in, see [org.apache.hadoop.conf.Configuration].
public abstract class CompressionOutputStream extends OutputStream {
    protected CompressionOutputStream(OutputStream out) {}
}
