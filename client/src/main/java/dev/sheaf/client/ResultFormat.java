package dev.sheaf.client;

import java.util.Locale;
import java.util.Optional;

/// The forms in which rows travel.
public enum ResultFormat {
    /// One document: columns, rows, whether rows were cut off.
    JSON("application/json"),
    /// One JSON object per row.
    NDJSON("application/x-ndjson"),
    /// RFC 4180 with a header line.
    CSV("text/csv"),
    /// The Arrow IPC stream format.
    ARROW("application/vnd.apache.arrow.stream"),
    PARQUET("application/vnd.apache.parquet");

    private final String mediaType;

    ResultFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /// By name (`csv`), as in the parameter `format`.
    public static Optional<ResultFormat> named(String name) {
        for (ResultFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
