package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.costs.Departures;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.queries.ReadRecord;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import io.opentelemetry.api.trace.SpanKind;

import org.slf4j.MDC;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Sub-queries of other regions over this region's products. Whoever asks, this region verifies the
/// caller's token itself, decides by its own policies with the asking region as the answer's
/// destination, runs the statement as any other, and puts on record what it gave.
public final class HomeQueries implements SubQueryHandler {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final long CANCEL_AGAIN_MILLIS = 20;
    private static final String TRACE = "traceId";

    /// Of a row of an answer, when it is estimated what that costs.
    private static final long ROW_BYTES = 100;

    private final QueryService queries;
    private final HomePlans plans;
    private final Departures departures;
    private final TokenVerifier tokens;
    private final Audit audit;
    private final PeerAdmission admission;
    private final Tracer tracer;

    /// Subjects by key of what runs.
    private final Map<String, String> running = new ConcurrentHashMap<>();

    /// @param queries knows this region's products only, so that no sub-query goes on to a third
    /// @param workersMax of all statements
    public HomeQueries(
            QueryService queries,
            HomePlans plans,
            Departures departures,
            TokenVerifier tokens,
            Audit audit,
            int workersMax,
            Tracer tracer) {
        this.queries = queries;
        this.plans = plans;
        this.departures = departures;
        this.tokens = tokens;
        this.audit = audit;
        this.admission = new PeerAdmission(workersMax, WAIT_MAX);
        this.tracer = tracer;
    }

    @Override
    public SubQueryPlan explain(RegionName coordinator, SubQuery query) {
        Asked asked = new Asked(coordinator, query, admit(coordinator, query));
        try (PeerAdmission.Place _ = admission.enter(coordinator, query.timeout())) {
            SubQueryPlan plan = plans.plan(asked.request("explain/"));
            asked.record("query.explain", Audit.Outcome.DONE, Map.of()).await();
            return plan;
        } catch (Problem e) {
            asked.failed("query.explain", e);
            throw e;
        }
    }

    @Override
    public ArrowResult run(RegionName coordinator, SubQuery query, BooleanSupplier isGone) {
        Span span = tracer.continued("sub-query at home", SpanKind.SERVER, query.trace());
        span.set("sheaf.region", coordinator.toString());
        span.traceId().ifPresent(id -> MDC.put(TRACE, id));
        try {
            return new TracedRows(run(coordinator, query, isGone, span), span);
        } catch (RuntimeException e) {
            if (e instanceof Problem problem) {
                span.failed(problem);
            }
            span.close();
            throw e;
        } finally {
            MDC.remove(TRACE);
        }
    }

    private ArrowResult run(
            RegionName coordinator, SubQuery query, BooleanSupplier isGone, Span span) {
        Asked asked = new Asked(coordinator, query, admit(coordinator, query));
        span.set("sheaf.query.id", query.id());
        PeerAdmission.Place place = null;
        try {
            place = admission.enter(coordinator, query.timeout());
            return asked.run(place, isGone);
        } catch (RuntimeException e) {
            if (place != null) {
                place.close();
            }
            running.remove(asked.key());
            if (e instanceof Problem problem) {
                asked.failed("query.run", problem);
            }
            throw e;
        }
    }

    /// Tries again while the statement is about to begin.
    @Override
    public void cancel(RegionName coordinator, String id) {
        String key = key(coordinator, id);
        for (String subject = running.get(key); subject != null; subject = running.get(key)) {
            if (queries.cancel(key, subject)) {
                return;
            }
            try {
                Thread.sleep(CANCEL_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String key(RegionName coordinator, String id) {
        return coordinator + "/" + id;
    }

    private Principal admit(RegionName coordinator, SubQuery query) {
        Principal caller;
        try {
            if (query.credential().isEmpty()) {
                throw new Problem(
                        ProblemCode.UNAUTHENTICATED,
                        "a statement over several regions needs its caller's token");
            }
            caller = tokens.verify(query.credential());
        } catch (Problem e) {
            audit.record(
                    key(coordinator, query.id()),
                    Principal.NOBODY,
                    "authenticate",
                    "region:" + coordinator,
                    Audit.Outcome.DENIED,
                    Map.of("reason", e.message()));
            throw new Problem(
                    e.code(), "the caller's token is not accepted here: " + e.message(), e);
        }
        if (!caller.may(Scope.QUERY_RUN)) {
            audit.record(
                    key(coordinator, query.id()),
                    caller,
                    "authorize",
                    "region:" + coordinator,
                    Audit.Outcome.DENIED,
                    Map.of("scope", Scope.QUERY_RUN.toString()));
            throw new Problem(
                    ProblemCode.FORBIDDEN, "this needs a token with the scope " + Scope.QUERY_RUN);
        }
        return caller;
    }

    /// One sub-query of one caller.
    private final class Asked {
        private final RegionName coordinator;
        private final SubQuery query;
        private final Principal caller;

        Asked(RegionName coordinator, SubQuery query, Principal caller) {
            this.coordinator = coordinator;
            this.query = query;
            this.caller = caller;
        }

        String key() {
            return HomeQueries.key(coordinator, query.id());
        }

        QueryRequest request(String prefix) {
            return new QueryRequest(
                    prefix + key(),
                    query.sql(),
                    new Caller(
                            caller.subject(),
                            caller.roles(),
                            caller.domains(),
                            query.purpose(),
                            Optional.of(coordinator)),
                    Optional.of(query.timeout()),
                    OptionalLong.empty());
        }

        ArrowResult run(PeerAdmission.Place place, BooleanSupplier isGone) {
            if (running.putIfAbsent(key(), caller.subject()) != null) {
                throw new Problem(
                        ProblemCode.CONFLICT, "a sub-query " + query.id() + " runs already");
            }
            if (isGone.getAsBoolean()) {
                throw new Problem(ProblemCode.CANCELLED, "the asking region wants no answer");
            }
            ReadRecord reads =
                    new ReadRecord(audit, key(), caller, query.id(), query.purpose(), facts());
            PaidReads paid = paid(reads);
            QueryRun run;
            try {
                run = queries.run(request(""), paid);
            } catch (RuntimeException e) {
                paid.ended();
                throw e;
            }
            try {
                reads.await();
                return new HomeAnswer(
                        run,
                        query.rowsMax(),
                        paid,
                        (rows, bytes, problem) -> ended(place, rows, bytes, problem));
            } catch (RuntimeException e) {
                run.close();
                paid.ended();
                throw e;
            }
        }

        private PaidReads paid(ReadRecord reads) {
            boolean isLimited = departures.areLimited();
            long rows = isLimited ? plans.expectedRows(request("estimate/")).orElse(0) : 0;
            return new PaidReads(
                    reads,
                    departures,
                    coordinator,
                    caller,
                    tables ->
                            isLimited
                                    ? plans.maxCost(request("").caller(), tables)
                                    : Optional.empty(),
                    Math.min(rows, Long.MAX_VALUE / ROW_BYTES) * ROW_BYTES);
        }

        private void ended(
                PeerAdmission.Place place, long rows, long bytes, Optional<Problem> problem) {
            running.remove(key());
            place.close();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("rows", rows);
            facts.put("bytes", bytes);
            problem.ifPresent(why -> facts.put("code", why.code().name()));
            // What was read is on record since before the first row; how it ended may follow.
            record(
                    "query.run",
                    problem.isEmpty() ? Audit.Outcome.DONE : Audit.Outcome.FAILED,
                    facts);
        }

        void failed(String action, Problem problem) {
            Audit.Outcome outcome =
                    switch (problem.code()) {
                        case SQL_NOT_ALLOWED, FORBIDDEN, NOT_FOUND -> Audit.Outcome.DENIED;
                        default -> Audit.Outcome.FAILED;
                    };
            record(action, outcome, Map.of("code", problem.code().name())).await();
        }

        Audit.Pending record(String action, Audit.Outcome outcome, Map<String, Object> more) {
            Map<String, Object> facts = facts();
            facts.putAll(more);
            facts.put("query", query.id());
            facts.put("purpose", query.purpose());
            String digest = Sha256.of(query.sql().getBytes(StandardCharsets.UTF_8)).hex();
            return audit.begin(
                    key(), caller, action, "sql:" + digest, outcome, facts, java.util.List.of());
        }

        private Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("region", coordinator.toString());
            facts.put("regionPolicy", query.policyRevision());
            return facts;
        }
    }
}
