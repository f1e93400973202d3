package org.apache.hadoop.fs;

/// An empty stand-in, see [org.apache.hadoop.conf.Configuration].
public interface PathFilter {}
