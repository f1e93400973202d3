package dev.sheaf.query;

import dev.sheaf.kernel.ByteSize;

import java.nio.file.Path;
import java.time.Duration;

/// Limits of queries.
///
/// @param scratch where queries spill and where Parquet results are written; created when absent,
///   shared by all queries
/// @param memoryMax DuckDB's memory for one query
/// @param threads worker threads of one query
/// @param timeoutDefault for requests that name none
/// @param timeoutMax the longest a request may ask for
/// @param rowsMax rows of one result, whatever a request asks for
/// @param bytesMax bytes of one result, measured as Arrow batches in memory
/// @param statementCharactersMax the longest statement, its constants of text apart
/// @param pruneFilesMin from this many files on, a table's files are pruned by the statement's own
///   conditions; below that, DuckDB's look at each footer is cheaper than planning twice
public record QueryConfig(
        Path scratch,
        ByteSize memoryMax,
        int threads,
        Duration timeoutDefault,
        Duration timeoutMax,
        long rowsMax,
        ByteSize bytesMax,
        int statementCharactersMax,
        int pruneFilesMin) {
    public static final ByteSize MEMORY_MAX = ByteSize.ofMebibytes(1024);
    public static final int THREADS = 2;
    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(60);
    public static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);
    public static final long ROWS_MAX = 10_000_000;
    public static final ByteSize BYTES_MAX = ByteSize.ofMebibytes(4096);
    public static final int STATEMENT_CHARACTERS_MAX = 100_000;
    public static final int PRUNE_FILES_MIN = 16;

    /// Of all text constants of a statement, which the longest statement does not count.
    public static final int TEXT_CHARACTERS_MAX = 4_000_000;

    public QueryConfig {
        if (threads < 1 || rowsMax < 1 || statementCharactersMax < 1 || pruneFilesMin < 0) {
            throw new IllegalArgumentException(
                    "threads, rowsMax and statementCharactersMax are at least 1, pruneFilesMin 0");
        }
        if (!timeoutDefault.isPositive() || timeoutMax.compareTo(timeoutDefault) < 0) {
            throw new IllegalArgumentException("timeoutDefault is positive and at most timeoutMax");
        }
    }

    /// All defaults.
    public static QueryConfig in(Path scratch) {
        return new QueryConfig(
                scratch,
                MEMORY_MAX,
                THREADS,
                TIMEOUT_DEFAULT,
                TIMEOUT_MAX,
                ROWS_MAX,
                BYTES_MAX,
                STATEMENT_CHARACTERS_MAX,
                PRUNE_FILES_MIN);
    }
}
