package dev.sheaf.kernel;

import java.util.regex.Pattern;

/// Which files of a folder are taken for data: by their names' ends, so that a README beside them
/// is not. A file that is named itself is always taken.
public final class DataFileName {
    /// The ends, for messages.
    public static final String ENDS =
            "csv, tsv, json, ndjson, jsonl or parquet (or one of these and gz, zst or zstd)";

    private static final Pattern FORM =
            Pattern.compile(
                    ".*\\.(csv|tsv|json|ndjson|jsonl|parquet)(\\.(gz|zst|zstd))?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private DataFileName() {}

    public static boolean matches(String name) {
        return FORM.matcher(name).matches();
    }
}
