package org.apache.hadoop.mapreduce;

/// An empty stand-in, see [org.apache.hadoop.conf.Configuration].
public abstract class InputFormat<K, V> {}
