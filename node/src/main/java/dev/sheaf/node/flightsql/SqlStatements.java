package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.queries.ReadRecord;
import dev.sheaf.node.queries.StatementRecord;
import dev.sheaf.node.queries.StatementRecords;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.query.Caller;
import dev.sheaf.query.ParameterValue;
import dev.sheaf.query.QueryPart;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.QueryShape;
import dev.sheaf.query.QueryStatistics;

import io.opentelemetry.api.trace.SpanKind;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs callers' statements as HTTP does: the same service, records and limits.
final class SqlStatements {
    private static final String DOOR = "flight-sql";
    private static final String TRACE = "traceId";
    private static final long CANCEL_AGAIN_MILLIS = 20;

    private final QueryService queries;
    private final StatementRecords records;
    private final TokenVerifier tokens;
    private final CallerPlaces places;
    private final String catalog;
    private final Duration silenceMax;
    private final Tracer tracer;

    /// @param catalog the name that tables may be qualified with
    /// @param silenceMax how long a client may take no rows
    SqlStatements(
            QueryService queries,
            StatementRecords records,
            TokenVerifier tokens,
            CallerPlaces places,
            String catalog,
            Duration silenceMax,
            Tracer tracer) {
        this.tracer = tracer;
        this.queries = queries;
        this.records = records;
        this.tokens = tokens;
        this.places = places;
        this.catalog = catalog;
        this.silenceMax = silenceMax;
    }

    /// What a statement takes and answers. It is on record when it is refused.
    ///
    /// @throws Problem as the statement itself
    QueryShape shape(SqlCaller caller, String sql, List<ParameterValue> values) {
        caller.require(Scope.QUERY_RUN);
        StatementRecord record = begin(caller, sql);
        ReadRecord reads = record.reads();
        try {
            QueryShape shape = queries.shape(request(record.id(), caller, sql, values), reads);
            record.forget();
            return shape;
        } catch (Problem problem) {
            record.failed(problem);
            throw problem;
        }
    }

    /// Runs a statement and sends its rows; when it returns or throws, all is over.
    void send(SqlCaller caller, PlannedQuery query, ServerStreamListener listener) {
        ResultStream out =
                new ResultStream(listener, silenceMax, () -> requireValid(caller.token()));
        try {
            caller.require(Scope.QUERY_RUN);
            try (CallerPlaces.Place _ = places.enter(caller)) {
                traced(caller, query, out);
            }
        } catch (RuntimeException e) {
            out.failed(SqlProblems.told(e, caller.requestId()));
            return;
        }
        out.completed();
    }

    private void traced(SqlCaller caller, PlannedQuery query, ResultStream out) {
        try (Span span = tracer.begin("flight-sql query", SpanKind.SERVER, caller.trace())) {
            span.traceId().ifPresent(id -> MDC.put(TRACE, id));
            send(caller, query, out, span);
        } finally {
            MDC.remove(TRACE);
        }
    }

    private void send(SqlCaller caller, PlannedQuery query, ResultStream out, Span span) {
        StatementRecord record = begin(caller, query.sql());
        AtomicBoolean isRunning = new AtomicBoolean(true);
        query.began(record.id());
        span.set("sheaf.query.id", record.id());
        out.whenCancelled(() -> cancel(record.id(), caller.principal(), isRunning));
        try {
            long rows;
            QueryStatistics statistics;
            List<QueryPart> parts;
            // The worker is given back before the end is put on record.
            try (QueryRun run =
                    queries.run(
                            request(record.id(), caller, query.sql(), query.values())
                                    .traced(span.header()),
                            record.reads())) {
                record.reads().await();
                rows = out.send(run);
                statistics = run.statistics();
                parts = run.parts();
            }
            span.set("sheaf.rows", rows);
            record.finished(
                    rows, statistics.resultBytes(), statistics.truncated(), parts, Map.of());
        } catch (Problem problem) {
            record.failed(problem);
            span.failed(problem);
            throw problem;
        } finally {
            isRunning.set(false);
            query.ended(record.id());
        }
    }

    /// @return whether something ran
    boolean cancel(SqlCaller caller, PlannedQuery query) {
        boolean isAny = false;
        for (String id : query.running()) {
            isAny |= queries.cancel(id, caller.principal().subject());
        }
        return isAny;
    }

    /// Tries again while the statement is about to begin.
    private void cancel(String id, Principal caller, AtomicBoolean isRunning) {
        while (isRunning.get() && !queries.cancel(id, caller.subject())) {
            try {
                Thread.sleep(CANCEL_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// A token that is over ends what it has begun.
    private void requireValid(String token) {
        tokens.verify(token);
    }

    private StatementRecord begin(SqlCaller caller, String sql) {
        return records.begin(
                caller.requestId(),
                caller.principal(),
                sql,
                caller.terms().purpose(),
                Map.of("door", DOOR));
    }

    private QueryRequest request(
            String id, SqlCaller caller, String sql, List<ParameterValue> values) {
        Principal principal = caller.principal();
        StatementTerms terms = caller.terms();
        return new QueryRequest(
                        id,
                        sql,
                        new Caller(
                                principal.subject(),
                                principal.roles(),
                                principal.domains(),
                                terms.purpose()),
                        terms.timeout(),
                        terms.rowsMax())
                .across(terms.isPartial(), terms.costMax(), caller.token())
                .with(values)
                .in(catalog);
    }
}
