package dev.sheaf.engine;

import java.time.Duration;

/// One DuckDB connection in a worker process. One statement at a time; [#cancel()] and
/// [#progress()] may be called from other threads. Closing returns the worker to its pool, or ends
/// it if the last statement left it in doubt.
///
/// Every method that runs SQL throws [EngineProblem] when DuckDB refuses it, with DuckDB's own
/// text. That text may show values of rows: who shows it to a caller must have decided that it may.
public interface EngineSession extends AutoCloseable {
    /// Runs a statement and discards its result.
    void execute(String sql);

    /// Runs a statement and returns its whole result, which must be small (at most 64 MiB as JSON).
    Rows query(String sql);

    /// Runs a query and streams its result as Arrow record batches.
    ///
    /// @param timeout from now until the last batch; the statement is cancelled after it
    ArrowResult stream(String sql, Duration timeout);

    /// As [#stream], but the whole result is computed, in the worker, before its first batch is
    /// there: the statement fails at once or not at all.
    ArrowResult streamComputed(String sql, Duration timeout);

    /// The statements' syntax tree as DuckDB's `json_serialize_sql` gives it. Runs nothing.
    String parse(String sql);

    /// SQL text from such a tree.
    String render(String syntaxTree);

    /// The running statement's progress in 0..1, or a negative number when it is not known.
    double progress();

    /// Ends the running statement, by its own interrupt first and by killing the worker if that
    /// does not help within a grace period. The statement throws CANCELLED.
    void cancel();

    @Override
    void close();
}
