package org.apache.hadoop.io.compress;

/// A stand-in, see [org.apache.hadoop.conf.Configuration].
public interface Decompressor {
    void reset();
}
