package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Runs callers' SQL over data products.
///
/// A statement is parsed by DuckDB, checked against an allow-list, and rewritten so that every
/// table it names is a view made for this caller and this statement: files of the one release that
/// the statement means, masks and row filter of the one decision that was made. There is no other
/// way to data: joins, subqueries, SUMMARIZE and errors all see the view. It then runs in a worker
/// process that can read the stores' directories only and change no setting.
///
/// Safe for use by many threads.
public final class QueryService implements AutoCloseable {
    private final Engine engine;
    private final TableResolver resolver;
    private final TablePolicy policy;
    private final FileAccess files;
    private final QueryConfig config;
    private final Guard guard = new Guard(AllowLists.STANDARD);
    private final FileShapes shapes = new FileShapes();
    private final ConcurrentMap<String, ActiveQuery> active = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("query-timer").factory());

    /// @throws UncheckedIOException when the scratch directory cannot be created
    public QueryService(
            Engine engine,
            TableResolver resolver,
            TablePolicy policy,
            FileAccess files,
            QueryConfig config) {
        this.engine = engine;
        this.resolver = resolver;
        this.policy = policy;
        this.files = files;
        this.config = config;
        timer.setRemoveOnCancelPolicy(true);
        try {
            Files.createDirectories(config.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a query; its first rows are there, or nearly, when this returns.
    ///
    /// @throws Problem INVALID_SQL, SQL_NOT_ALLOWED, NOT_FOUND, LIMIT_EXCEEDED, TIMED_OUT,
    ///   CANCELLED, BUSY, UNAVAILABLE, CONFLICT when a query with that id is running
    public QueryRun run(QueryRequest request) {
        return run(request, ReadListener.NONE);
    }

    /// @param listener is told what is read before it is
    public QueryRun run(QueryRequest request, ReadListener listener) {
        ActiveQuery query = begin(request);
        try {
            Prepared prepared = prepare(query, listener);
            ArrowResult result = stream(query, prepared);
            return new QueryRun(query, result, config, request.rowsMax());
        } catch (EngineProblem e) {
            query.close();
            throw query.problem(e);
        } catch (RuntimeException e) {
            query.close();
            throw e;
        }
    }

    /// Runs a query and writes its whole result to a Parquet file.
    ///
    /// @return a file in the scratch directory, which the caller deletes
    /// @throws Problem as [#run] does
    public Path runToParquet(QueryRequest request) {
        return runToParquet(request, ReadListener.NONE);
    }

    /// @param listener is told what is read before it is
    public Path runToParquet(QueryRequest request, ReadListener listener) {
        ActiveQuery query = begin(request);
        Path file = null;
        try {
            Prepared prepared = prepare(query, listener);
            file = Files.createTempFile(config.scratch(), "result-", ".parquet");
            long rows = request.rowsMax().orElse(config.rowsMax());
            String copy =
                    "COPY (SELECT * FROM ("
                            + prepared.sql()
                            + ") LIMIT "
                            + rows
                            + ") TO "
                            + SqlTypes.text(file.toRealPath().toString())
                            + " (FORMAT parquet, COMPRESSION zstd)";
            widening(
                    query,
                    () -> {
                        prepared.session().execute(copy);
                        return true;
                    });
            query.finished();
            return file;
        } catch (EngineProblem e) {
            delete(file);
            throw query.problem(e);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, "the scratch directory cannot be written", e);
        } finally {
            query.close();
        }
    }

    /// What a query becomes for its caller, without running it: it is checked and rewritten as by
    /// [#run], and nothing is read.
    ///
    /// @param other decides in the place of the service's own policy
    /// @throws Problem INVALID_SQL, SQL_NOT_ALLOWED, NOT_FOUND, LIMIT_EXCEEDED, TIMED_OUT, BUSY,
    ///   UNAVAILABLE
    public RewrittenQuery rewritten(QueryRequest request, TablePolicy other) {
        ActiveQuery query = begin(request);
        try {
            EngineSession session = query.opened(engine.open(spec()));
            Rewritten rewritten = rewritten(session, request, other, ReadListener.NONE);
            return new RewrittenQuery(
                    rewritten.prefix().isExplain()
                            ? rewritten.prefix().explain() + rewritten.sql()
                            : rewritten.sql(),
                    rewritten.tables().stream().map(GovernedTable::shown).toList());
        } catch (EngineProblem e) {
            throw query.problem(e);
        } finally {
            query.close();
        }
    }

    private Rewritten rewritten(
            EngineSession session,
            QueryRequest request,
            TablePolicy decisions,
            ReadListener listener) {
        ExplainPrefix prefix = ExplainPrefix.of(TimeTravel.rewrite(request.sql()));
        JsonNode tree = Parser.parse(session, prefix.query());
        JsonNode statement = tree.path("statements").get(0);
        guard.check(statement);
        ProductLookup lookup = new ProductLookup(resolver, decisions, request.caller(), listener);
        Statement.rewrite(statement, lookup::find);
        return new Rewritten(prefix, Parser.render(session, tree), lookup.tables());
    }

    /// Ends a running query; its reader gets CANCELLED.
    ///
    /// @return false when no query with that id of that caller is running
    public boolean cancel(String id, String subject) {
        ActiveQuery query = active.get(id);
        if (query == null || !query.request().caller().subject().equals(subject)) {
            return false;
        }
        query.cancel();
        return true;
    }

    /// Cancels what runs.
    @Override
    public void close() {
        active.values().forEach(ActiveQuery::cancel);
        timer.shutdown();
    }

    private ActiveQuery begin(QueryRequest request) {
        if (request.sql().length() > config.statementCharactersMax()) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "the statement has more than "
                            + config.statementCharactersMax()
                            + " characters");
        }
        if (request.sql().indexOf('\0') >= 0) {
            throw new Problem(ProblemCode.INVALID_SQL, "a statement cannot hold a NUL character");
        }
        Duration timeout = request.timeout().orElse(config.timeoutDefault());
        Duration within =
                timeout.compareTo(config.timeoutMax()) > 0 ? config.timeoutMax() : timeout;
        ActiveQuery query =
                new ActiveQuery(
                        request, within, timer, ended -> active.remove(request.id(), ended));
        if (active.putIfAbsent(request.id(), query) != null) {
            query.close();
            throw new Problem(
                    ProblemCode.CONFLICT, "a query with the id " + request.id() + " is running");
        }
        return query;
    }

    private Prepared prepare(ActiveQuery query, ReadListener listener) {
        EngineSession session = query.opened(engine.open(spec()));
        Rewritten rewritten = rewritten(session, query.request(), policy, listener);
        ExplainPrefix prefix = rewritten.prefix();
        String sql = rewritten.sql();
        query.check();
        List<GovernedTable> tables = rewritten.tables();
        if (prefix.isExplain()) {
            Shadows.create(session, tables);
            return new Prepared(session, prefix.explain() + sql, List.of());
        }
        listener.reading(tables.stream().map(GovernedTable::read).toList());
        List<PlannedTable> planned =
                new FilePlanner(files, config.pruneFilesMin()).plan(session, sql, tables);
        planned.forEach(table -> query.uses(table.files(), table.pruned(), table.bytes()));
        createViews(session, planned);
        query.check();
        query.planned();
        return new Prepared(session, sql, planned);
    }

    /// A result of files that may lack parts is computed whole before it is shown, as nothing could
    /// be taken back once a missing part turns up.
    private ArrowResult stream(ActiveQuery query, Prepared prepared) {
        EngineSession session = prepared.session();
        return query.filesMayLack()
                ? widening(query, () -> session.streamComputed(prepared.sql(), config.timeoutMax()))
                : session.stream(prepared.sql(), config.timeoutMax());
    }

    private static <T> T widening(ActiveQuery query, Supplier<T> step) {
        while (true) {
            try {
                return step.get();
            } catch (EngineProblem e) {
                if (e.kind() != Kind.FILE || !query.widenFiles()) {
                    throw e;
                }
            }
        }
    }

    private void createViews(EngineSession session, List<PlannedTable> tables) {
        if (tables.isEmpty()) {
            return;
        }
        try {
            session.execute(
                    tables.stream()
                            .map(table -> view(session, table))
                            .collect(Collectors.joining(";\n")));
        } catch (EngineProblem e) {
            if (e.kind() == Kind.INVALID_SQL) {
                // Not the caller's SQL but a mask, filter or schema of ours: never shown.
                throw new EngineProblem(Kind.INTERNAL, "a view cannot be made: " + e.message());
            }
            throw e;
        }
    }

    private String view(EngineSession session, PlannedTable table) {
        return table.table().createView(shapes.group(session, table.files().paths()));
    }

    private SessionSpec spec() {
        return new SessionSpec(
                SessionSpec.Purpose.QUERY,
                config.memoryMax(),
                config.threads(),
                config.scratch(),
                files.roots(),
                List.of(config.scratch()));
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A statement over views that are not made yet.
    private record Rewritten(ExplainPrefix prefix, String sql, List<GovernedTable> tables) {}

    /// A statement with everything in place that it names.
    private record Prepared(EngineSession session, String sql, List<PlannedTable> tables) {}
}
