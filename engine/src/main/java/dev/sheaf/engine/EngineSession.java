package dev.sheaf.engine;

import java.time.Duration;
import java.util.List;

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

    /// Makes a temporary table of the session from rows that come from elsewhere, with the columns
    /// of their schema. The rows are read as the worker takes them, a few batches ahead at most.
    /// The table is there whole or not at all.
    ///
    /// Types are those that DuckDB reads from Arrow: what a result of DuckDB shows as text or
    /// decimal because Arrow has no such type (UUID, HUGEINT) is loaded as that; cast it.
    ///
    /// @param table its name, without quotes; no table of that name may exist
    /// @param rows read to their end, not closed; closed from another thread when this is cancelled
    ///   or times out, so that a source that waits is woken
    /// @param timeout from now until the table is there
    /// @throws EngineProblem as a statement does; whatever `rows` throws is passed on
    void load(String table, ArrowResult rows, Duration timeout);

    /// The statements' syntax tree as DuckDB's `json_serialize_sql` gives it. Runs nothing.
    String parse(String sql);

    /// SQL text from such a tree.
    String render(String syntaxTree);

    /// What DuckDB takes a statement's parameters (`?`, `$1`) to be, by their position, in DuckDB's
    /// words; `INVALID` where anything would do. Runs nothing.
    List<String> parameterTypes(String sql);

    /// The running statement's progress in 0..1, or a negative number when it is not known.
    double progress();

    /// Ends the running statement, by its own interrupt first and by killing the worker if that
    /// does not help within a grace period. The statement throws CANCELLED.
    void cancel();

    @Override
    void close();
}
