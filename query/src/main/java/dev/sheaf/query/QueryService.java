package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.federation.Federation;

import org.apache.iceberg.expressions.Expressions;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final RegionName NOWHERE = new RegionName("local", "alone");

    private final Engine engine;
    private final TableResolver resolver;
    private final TablePolicy policy;
    private final FileAccess files;
    private final QueryConfig config;
    private final Federation federation;
    private final Guard guard = new Guard(AllowLists.STANDARD);
    private final FileShapes shapes = new FileShapes();
    private final ReadColumns readColumns = new ReadColumns();
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
        this(engine, resolver, policy, files, config, Federation.alone(NOWHERE));
    }

    /// @param federation the other regions
    /// @throws UncheckedIOException when the scratch directory cannot be created
    public QueryService(
            Engine engine,
            TableResolver resolver,
            TablePolicy policy,
            FileAccess files,
            QueryConfig config,
            Federation federation) {
        this.federation = federation;
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
            Prepared prepared = prepare(query, listener, !request.isPartial());
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
            Prepared prepared = prepare(query, listener, false);
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

    /// Constants of text are counted apart, as they cost a parser little: other regions send keys
    /// so.
    private boolean isTooLong(String sql) {
        int max = config.statementCharactersMax();
        if (sql.length() <= max) {
            return false;
        }
        long text =
                SqlTokens.of(sql).stream()
                        .filter(token -> token.kind() == SqlToken.Kind.STRING)
                        .mapToLong(token -> (long) token.end() - token.start())
                        .sum();
        return text > QueryConfig.TEXT_CHARACTERS_MAX || sql.length() - text > max;
    }

    /// What a query over this region's products would read and answer for its caller. It is
    /// checked, decided and planned as by [#run], and nothing of it runs; of files no more is read
    /// than their footers.
    ///
    /// @throws Problem as [#run] does; SQL_NOT_ALLOWED for a product of another region
    public QueryEstimate estimate(QueryRequest request, ReadListener listener) {
        ActiveQuery query = begin(request);
        try {
            EngineSession session = query.opened(engine.open(spec()));
            Rewritten rewritten = rewritten(session, request, policy, listener);
            if (!rewritten.remote().isEmpty()) {
                throw new Problem(
                        ProblemCode.SQL_NOT_ALLOWED,
                        "the estimate is of a statement over products of this region alone, and "
                                + rewritten.remote().getFirst().use().product()
                                + " is at home in "
                                + rewritten.remote().getFirst().region());
            }
            List<PlannedTable> planned =
                    new FilePlanner(files, config.pruneFilesMin())
                            .plan(session, rewritten.sql(), rewritten.tables());
            planned.forEach(table -> query.uses(table.files(), table.pruned(), table.bytes()));
            createViews(session, planned);
            query.check();
            String plan =
                    widening(
                            query,
                            () ->
                                    String.valueOf(
                                            session.query(
                                                            "EXPLAIN (FORMAT json) "
                                                                    + rewritten.sql())
                                                    .rows()
                                                    .getFirst()
                                                    .get(1)));
            return new QueryEstimate(
                    planned.stream().map(QueryService::estimated).toList(),
                    ExpectedRows.of(Parser.read(plan)));
        } catch (EngineProblem e) {
            throw query.problem(e);
        } finally {
            query.close();
        }
    }

    private static QueryEstimate.Table estimated(PlannedTable table) {
        return new QueryEstimate.Table(
                table.table().read(),
                table.table()
                        .table()
                        .table()
                        .plan(table.table().table().snapshotId(), Expressions.alwaysTrue())
                        .rows(),
                table.bytes());
    }

    private Rewritten rewritten(
            EngineSession session,
            QueryRequest request,
            TablePolicy decisions,
            ReadListener listener) {
        ExplainPrefix prefix = ExplainPrefix.of(TimeTravel.rewrite(request.sql()));
        JsonNode tree = Parser.parse(session, prefix.query());
        JsonNode statement = tree.path("statements").get(0);
        StatementParameters.bind(session, statement, request.parameters());
        CatalogPrefix.strip(statement, request.catalog());
        guard.check(statement);
        ProductLookup lookup =
                new ProductLookup(
                        resolver, federation.catalog(), decisions, request.caller(), listener);
        Statement.rewrite(statement, lookup::find);
        return new Rewritten(prefix, statement.path("node"), Parser.render(session, tree), lookup);
    }

    /// What a statement takes and answers for its caller, without running it. It is checked and
    /// decided as by [#run], and nothing is read.
    ///
    /// @param request its parameters may be without values; then they are taken to be NULL
    /// @param listener is told what is refused
    /// @throws Problem as [#run] does
    public QueryShape shape(QueryRequest request, ReadListener listener) {
        ActiveQuery query = begin(request);
        try {
            EngineSession session = query.opened(engine.open(spec()));
            ProductLookup lookup =
                    new ProductLookup(
                            resolver, federation.catalog(), policy, request.caller(), listener);
            return new ShapeReader(session, guard, lookup, query.timeLeft()).shape(request);
        } catch (EngineProblem e) {
            throw query.problem(e);
        } finally {
            query.close();
        }
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
        if (isTooLong(request.sql())) {
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

    /// @param mayPass whether another region's answer may be passed on as it comes
    private Prepared prepare(ActiveQuery query, ReadListener listener, boolean mayPass) {
        EngineSession session = query.opened(engine.open(spec()));
        Rewritten rewritten = rewritten(session, query.request(), policy, listener);
        ExplainPrefix prefix = rewritten.prefix();
        String sql = rewritten.sql();
        query.check();
        if (!rewritten.remote().isEmpty()) {
            return federated(query, session, rewritten, listener, mayPass);
        }
        List<GovernedTable> tables = rewritten.tables();
        if (prefix.isExplain()) {
            Shadows.create(session, tables);
            return Prepared.here(
                    session,
                    prefix.isJson() || federation.here().equals(NOWHERE) || tables.isEmpty()
                            ? prefix.explain() + sql
                            : LocalExplain.sql(session, prefix, sql, tables, federation.here()));
        }
        Map<String, Set<String>> columns =
                listener.wantsColumns()
                        ? readColumns.of(session, rewritten.query(), sql, tables)
                        : Map.of();
        listener.reading(tables.stream().map(table -> table.read(columns)).toList());
        List<PlannedTable> planned =
                new FilePlanner(files, config.pruneFilesMin()).plan(session, sql, tables);
        planned.forEach(table -> query.uses(table.files(), table.pruned(), table.bytes()));
        createViews(session, planned);
        query.check();
        query.planned();
        return Prepared.here(session, sql);
    }

    private Prepared federated(
            ActiveQuery query,
            EngineSession session,
            Rewritten rewritten,
            ReadListener listener,
            boolean mayPass) {
        FederatedPlan plan =
                FederatedPlan.of(
                        session, rewritten.query(), rewritten.tables(), rewritten.remote());
        query.check();
        ExplainPrefix prefix = rewritten.prefix();
        RegionProblems problems = new RegionProblems(rewritten.lookup());
        if (prefix.isJson()) {
            return Prepared.here(session, prefix.explain() + plan.sql());
        }
        PartPlanner planner = new PartPlanner(federation, query, plan, problems);
        List<Part> parts = planner.parts(prefix.isExplain());
        query.check();
        if (prefix.isExplain()) {
            return Prepared.here(session, FederatedExplain.sql(plan, parts, federation.here()));
        }
        Map<String, Set<String>> columns =
                listener.wantsColumns() ? readColumns(session, rewritten) : Map.of();
        List<TableRead> reads = new ArrayList<>();
        rewritten.tables().forEach(table -> reads.add(table.read(columns)));
        parts.forEach(part -> reads.addAll(part.reads(columns)));
        listener.reading(List.copyOf(reads));
        FederatedRun run = new FederatedRun(federation, query, plan, planner, problems);
        query.whenClosed(run::close);
        if (mayPass && plan.split().isWhole() && parts.getFirst().way() instanceof Part.Way.Ask) {
            query.planned();
            return new Prepared(session, "", Optional.of(run.direct(parts.getFirst())));
        }
        views(query, session, plan, rewritten, parts);
        query.check();
        query.planned();
        List<QueryPart> contributions = run.load(parts);
        query.reports(() -> contributions);
        query.check();
        return Prepared.here(session, plan.sql());
    }

    private Map<String, Set<String>> readColumns(EngineSession session, Rewritten rewritten) {
        return readColumns.of(
                session,
                rewritten.query(),
                rewritten.sql(),
                rewritten.tables(),
                rewritten.remote());
    }

    /// Of the tables whose files are read here.
    private void views(
            ActiveQuery query,
            EngineSession session,
            FederatedPlan plan,
            Rewritten rewritten,
            List<Part> parts) {
        FilePlanner planner = new FilePlanner(files, config.pruneFilesMin());
        plan.dropLocalShadows();
        List<PlannedTable> planned =
                new ArrayList<>(planner.plan(session, plan.sql(), rewritten.tables()));
        plan.dropOtherShadows(rewritten.remote());
        for (Part part : parts) {
            List<GovernedTable> held = part.held();
            if (!held.isEmpty()) {
                planned.addAll(planner.plan(session, part.fragment().localSql(session), held));
            }
        }
        planned.forEach(table -> query.uses(table.files(), table.pruned(), table.bytes()));
        createViews(session, planned);
    }

    /// A result of files that may lack parts is computed whole before it is shown, as nothing could
    /// be taken back once a missing part turns up.
    private ArrowResult stream(ActiveQuery query, Prepared prepared) {
        if (prepared.passed().isPresent()) {
            return prepared.passed().get();
        }
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
    ///
    /// @param query its tree
    private record Rewritten(
            ExplainPrefix prefix, JsonNode query, String sql, ProductLookup lookup) {
        List<GovernedTable> tables() {
            return lookup.tables();
        }

        List<RemoteTable> remote() {
            return lookup.remote();
        }
    }

    /// A statement with everything in place that it names.
    ///
    /// @param passed another region's answer that is passed on instead
    private record Prepared(EngineSession session, String sql, Optional<ArrowResult> passed) {
        static Prepared here(EngineSession session, String sql) {
            return new Prepared(session, sql, Optional.empty());
        }
    }
}
