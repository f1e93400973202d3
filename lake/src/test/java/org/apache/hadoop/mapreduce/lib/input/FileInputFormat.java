package org.apache.hadoop.mapreduce.lib.input;

import org.apache.hadoop.mapreduce.InputFormat;

/// An empty stand-in, see [org.apache.hadoop.conf.Configuration].
public abstract class FileInputFormat<K, V> extends InputFormat<K, V> {}
