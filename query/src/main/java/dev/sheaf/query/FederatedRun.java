package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.KeyEdge.Source;
import dev.sheaf.query.Part.Way;
import dev.sheaf.query.federation.Federation;
import dev.sheaf.query.federation.SubQuery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Fetches the answers of a statement's fragments into its session.
///
/// All regions are asked at once, but for a fragment that is worth narrowing by the keys of another
/// one or of a local table: it waits for those. Answers are loaded one after the other, in the
/// order in which regions begin to answer. When one fails, the others are ended.
final class FederatedRun implements AutoCloseable {
    private static final int WORTH_RATIO = 4;

    private final Federation federation;
    private final ActiveQuery active;
    private final FederatedPlan plan;
    private final RegionProblems problems;
    private final PartPlanner planner;
    private final Map<Integer, Part> all = new HashMap<>();
    private final Map<Integer, Part> waiting = new HashMap<>();
    private final Set<Integer> loaded = new HashSet<>();
    private final List<QueryPart> reports = new ArrayList<>();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<ArrowResult> open = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean isClosed;
    private int outstanding;

    FederatedRun(
            Federation federation,
            ActiveQuery active,
            FederatedPlan plan,
            PartPlanner planner,
            RegionProblems problems) {
        this.problems = problems;
        this.federation = federation;
        this.active = active;
        this.plan = plan;
        this.planner = planner;
        active.whenEnded(this::end);
    }

    /// @throws Problem what a region says, with its name; TIMED_OUT, CANCELLED, LIMIT_EXCEEDED
    List<QueryPart> load(List<Part> parts) {
        parts.forEach(part -> all.put(part.fragment().number(), part));
        waiting.putAll(all);
        startReady();
        while (outstanding > 0) {
            Answer answer = next();
            outstanding--;
            accept(answer);
            startReady();
        }
        return List.copyOf(reports);
    }

    /// The only fragment's answer, as it comes.
    ArrowResult direct(Part part) {
        Fragment fragment = part.fragment();
        String sql = fragment.wholeSql(plan.session());
        SubQuery query = planner.subQuery(fragment, sql);
        calls.execute(() -> ask(part, query));
        return switch (next()) {
            case Answer.Rows rows -> {
                CountedRows counted = counted(rows.rows(), fragment.region());
                AnswerShape.require(fragment.region(), fragment.columns(), counted.schema());
                active.reports(() -> List.of(report(part, sql, counted, Optional.empty())));
                yield counted;
            }
            case Answer.Failure failure -> throw failure(part, failure.cause());
            case Answer.Ended() -> throw new IllegalStateException("nobody waits any more");
        };
    }

    private CountedRows counted(ArrowResult rows, RegionName region) {
        return new CountedRows(
                rows,
                region,
                federation.limits().rowsMax(),
                federation.limits().bytesMax().bytes(),
                bytes);
    }

    private void startReady() {
        for (Part part : List.copyOf(waiting.values())) {
            List<KeyEdge> edges = edges(part);
            boolean isReady =
                    edges.stream()
                            .allMatch(edge ->
                                    !(edge.source() instanceof Source.Part source)
                                            || loaded.contains(source.fragment().number()));
            if (isReady) {
                waiting.remove(part.fragment().number());
                start(part, edges);
            }
        }
    }

    private void start(Part part, List<KeyEdge> edges) {
        Fragment fragment = part.fragment();
        switch (part.way()) {
            case Way.Skip() -> empty(part, Optional.empty());
            case Way.Miss(String reason) -> empty(part, Optional.of(reason));
            case Way.Read _ -> done(part, fragment.localSql(plan.session()));
            case Way.Ask() -> {
                Optional<Map<Integer, KeyValues>> keys = keys(part, edges);
                if (keys.isEmpty()) {
                    empty(part, Optional.empty());
                    return;
                }
                String sql = fragment.sql(plan.session(), keys.get());
                SubQuery query = planner.subQuery(fragment, sql);
                outstanding++;
                calls.execute(() -> ask(part, query));
            }
        }
    }

    private void ask(Part part, SubQuery query) {
        try {
            ArrowResult rows = federation.regions().run(part.fragment().region(), query);
            open.add(rows);
            if (isClosed) {
                rows.close();
            }
            answers.add(new Answer.Rows(part, query.sql(), rows));
        } catch (RuntimeException e) {
            answers.add(new Answer.Failure(part, e));
        }
    }

    private Answer next() {
        try {
            Answer answer = answers.take();
            active.check();
            return answer;
        } catch (EngineProblem e) {
            throw waitingFor(active.problem(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw waitingFor(new Problem(ProblemCode.CANCELLED, "the query was cancelled"));
        }
    }

    /// With the regions that have not answered.
    private Problem waitingFor(Problem problem) {
        Set<String> regions = new java.util.TreeSet<>();
        plan.split().fragments().stream()
                .filter(fragment -> !loaded.contains(fragment.number()))
                .forEach(fragment -> regions.add(fragment.region().toString()));
        return new Problem(
                problem.code(),
                problem.message()
                        + " while the answer of "
                        + String.join(" and ", regions)
                        + " was awaited");
    }

    private void accept(Answer answer) {
        switch (answer) {
            case Answer.Rows(Part part, String sql, ArrowResult rows) -> accept(part, sql, rows);
            case Answer.Failure(Part part, RuntimeException cause) -> failed(part, cause);
            case Answer.Ended() -> active.check();
        }
    }

    private void accept(Part part, String sql, ArrowResult rows) {
        Fragment fragment = part.fragment();
        String table = fragment.tableName() + " rows";
        CountedRows counted = counted(rows, fragment.region());
        try (counted) {
            AnswerShape.require(fragment.region(), fragment.asked(), counted.schema());
            plan.session().load(table, counted, active.timeLeft());
        } catch (EngineProblem e) {
            throw waitingFor(active.problem(e));
        } catch (Problem problem) {
            failed(part, problem);
            return;
        }
        plan.session().execute(fragment.createView("temp." + SqlTypes.name(table)));
        loaded.add(fragment.number());
        reports.add(report(part, sql, counted, Optional.empty()));
    }

    private void failed(Part part, RuntimeException cause) {
        boolean mayMiss =
                active.request().isPartial()
                        && cause instanceof Problem problem
                        && problem.code() == ProblemCode.UNAVAILABLE;
        RuntimeException shown = failure(part, cause);
        if (!mayMiss) {
            throw shown;
        }
        empty(part, Optional.of(String.valueOf(cause.getMessage())));
    }

    /// What ends the statement; thrown at once when the statement was ended before.
    private RuntimeException failure(Part part, RuntimeException cause) {
        try {
            active.check();
        } catch (EngineProblem e) {
            throw waitingFor(active.problem(e));
        }
        return cause instanceof Problem problem ? problems.shown(problem, part.fragment()) : cause;
    }

    /// A fragment without rows.
    private void empty(Part part, Optional<String> missing) {
        Fragment fragment = part.fragment();
        StringBuilder none = new StringBuilder("(SELECT ");
        for (int index : fragment.fetched()) {
            none.append(none.toString().endsWith("SELECT ") ? "" : ", ")
                    .append("NULL AS ")
                    .append(Fragment.columnName(index));
        }
        plan.session().execute(fragment.createView(none + " WHERE false) AS nothing"));
        loaded.add(fragment.number());
        reports.add(
                new QueryPart(
                        fragment.region(), products(fragment), "", part.strategy(), 0, 0, missing));
    }

    private void done(Part part, String sql) {
        Fragment fragment = part.fragment();
        plan.session().execute(fragment.createView("(" + sql + ") AS held"));
        loaded.add(fragment.number());
        reports.add(
                new QueryPart(
                        fragment.region(),
                        products(fragment),
                        sql,
                        part.strategy(),
                        0,
                        0,
                        Optional.empty()));
    }

    private static QueryPart report(
            Part part, String sql, CountedRows counted, Optional<String> missing) {
        return new QueryPart(
                part.fragment().region(),
                products(part.fragment()),
                sql,
                part.strategy(),
                counted.rows(),
                counted.bytes(),
                missing);
    }

    private static List<ProductName> products(Fragment fragment) {
        return fragment.tables().stream().map(table -> table.use().product()).distinct().toList();
    }

    /// Those by which it is worth narrowing the part, and whose values may go to its region.
    private List<KeyEdge> edges(Part part) {
        boolean isLarge =
                part.rows().isPresent()
                        && part.rows().getAsLong() >= federation.limits().keyRowsMin();
        if (!isLarge || !(part.way() instanceof Way.Ask)) {
            return List.of();
        }
        return plan.split().edgesInto(part.fragment()).stream()
                .filter(edge -> !part.isMasked(edge.column()) && isUseful(part, edge))
                .toList();
    }

    private boolean isUseful(Part target, KeyEdge edge) {
        RegionName to = target.fragment().region();
        Caller caller = active.request().caller();
        return switch (edge.source()) {
            case Source.Local local ->
                    !local.isMasked()
                            && federation
                                    .keys()
                                    .mayGo(caller, local.product(), federation.here(), to);
            case Source.Part(Fragment fragment, int column) -> {
                Part source = partOf(fragment);
                yield source.rows().isPresent()
                        && source.rows().getAsLong() * WORTH_RATIO <= target.rows().orElse(0)
                        && !source.isMasked(column)
                        && !(source.way() instanceof Way.Miss)
                        && fragment.tables().stream()
                                .allMatch(table ->
                                        table.region().equals(to)
                                                || federation
                                                        .keys()
                                                        .mayGo(
                                                                caller,
                                                                table.use().product(),
                                                                table.region(),
                                                                to));
            }
        };
    }

    private Part partOf(Fragment fragment) {
        Part part = all.get(fragment.number());
        if (part == null) {
            throw new IllegalStateException("a fragment without a part");
        }
        return part;
    }

    /// Empty when one side has no keys at all.
    private Optional<Map<Integer, KeyValues>> keys(Part part, List<KeyEdge> edges) {
        Map<Integer, KeyValues> keys = new HashMap<>();
        EngineSession session = plan.session();
        for (KeyEdge edge : edges) {
            Column column = edge.target().columns().get(edge.column());
            String source =
                    switch (edge.source()) {
                        case Source.Local local ->
                                "SELECT "
                                        + SqlTypes.name(local.column())
                                        + " FROM ("
                                        + local.sql()
                                        + ")";
                        case Source.Part(Fragment fragment, int index) ->
                                "SELECT "
                                        + Fragment.columnName(index)
                                        + " FROM "
                                        + SqlTypes.name(fragment.tableName());
                    };
            KeyValues values = values(session, source, column);
            if (values.conditions().isEmpty()) {
                return Optional.empty();
            }
            KeyValues worth = values.size() * WORTH_RATIO > part.bytes() ? values.range() : values;
            keys.merge(edge.column(), worth, KeyValues::narrower);
        }
        return Optional.of(keys);
    }

    /// Of a local table whose files may lack parts, as in [QueryService].
    private KeyValues values(EngineSession session, String source, Column column) {
        while (true) {
            try {
                return KeyValues.of(session, source, column, federation.limits().keysMax());
            } catch (EngineProblem e) {
                if (e.kind() != EngineProblem.Kind.FILE || !active.widenFiles()) {
                    throw e;
                }
            }
        }
    }

    private void end() {
        close();
        answers.add(new Answer.Ended());
    }

    /// Ends what still runs.
    @Override
    public void close() {
        isClosed = true; // before those that are open are looked at: an answer that comes now ends
        // itself
        calls.shutdownNow();
        open.forEach(ArrowResult::close);
    }

    /// What a region has begun to say.
    private sealed interface Answer {
        record Rows(Part part, String sql, ArrowResult rows) implements Answer {}

        record Failure(Part part, RuntimeException cause) implements Answer {}

        /// Nobody waits any more.
        record Ended() implements Answer {}
    }
}
