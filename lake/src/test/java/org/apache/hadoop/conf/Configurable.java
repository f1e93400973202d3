package org.apache.hadoop.conf;

/// A stand-in, see [Configuration].
public interface Configurable {
    void setConf(Configuration configuration);

    Configuration getConf();
}
