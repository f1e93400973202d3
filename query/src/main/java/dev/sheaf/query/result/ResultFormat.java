package dev.sheaf.query.result;

import java.util.Locale;
import java.util.Optional;

/// How a result can be had. PARQUET is not written from batches but by
/// [dev.sheaf.query.QueryService#runToParquet].
public enum ResultFormat {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv"),
    ARROW("application/vnd.apache.arrow.stream"),
    PARQUET("application/vnd.apache.parquet");

    private final String contentType;

    ResultFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /// The first format that an `Accept` header names, its parameters and weights disregarded; JSON
    /// for any type; empty when there is none of ours.
    public static Optional<ResultFormat> ofAccept(String header) {
        for (String part : header.split(",")) {
            String type = part.split(";")[0].strip().toLowerCase(Locale.ROOT);
            if (type.isEmpty() || type.equals("*/*") || type.equals("application/*")) {
                return Optional.of(JSON);
            }
            for (ResultFormat format : values()) {
                if (format.contentType.equals(type)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }
}
