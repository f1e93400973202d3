package dev.sheaf.cli.query;

import dev.sheaf.client.ResultFormat;

import java.util.Locale;

/// The forms a result can be had in.
public enum OutputFormat {
    /// Drawn for people.
    TABLE(ResultFormat.JSON, false),
    CSV(ResultFormat.CSV, false),
    /// One document: columns, rows, whether rows were cut off.
    JSON(ResultFormat.JSON, false),
    /// One object a line.
    NDJSON(ResultFormat.NDJSON, false),
    PARQUET(ResultFormat.PARQUET, true),
    /// The Arrow IPC stream format.
    ARROW(ResultFormat.ARROW, true);

    private final ResultFormat wire;
    private final boolean binary;

    OutputFormat(ResultFormat wire, boolean binary) {
        this.wire = wire;
        this.binary = binary;
    }

    /// What the node is asked for.
    public ResultFormat wire() {
        return wire;
    }

    /// Whether it would spoil a terminal.
    public boolean binary() {
        return binary;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
