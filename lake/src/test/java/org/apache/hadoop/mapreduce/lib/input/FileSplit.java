package org.apache.hadoop.mapreduce.lib.input;

import org.apache.hadoop.mapreduce.InputSplit;

/// An empty stand-in, see [org.apache.hadoop.conf.Configuration].
public class FileSplit extends InputSplit {}
