package dev.sheaf.node.queries;

import dev.sheaf.client.QueryRegion;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Formats;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.metrics.NodeMetrics;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryPart;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.QueryStatistics;
import dev.sheaf.query.ReadListener;
import dev.sheaf.query.TableRead;
import dev.sheaf.query.result.ResultWriter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Statements: run, streamed, asked after, cancelled.
public final class QueryRoutes {
    private static final int SAMPLE_ROWS_MAX = 1000;

    private final QueryService queries;
    private final StatementIds ids;
    private final StatementLog log;
    private final NodeMetrics metrics;
    private final Audit audit;
    private final String currency;
    private final ResultCache cache;
    private final ReadNotes notes;
    private final Clock clock;

    /// @param currency of the prices that limits are compared with
    public QueryRoutes(
            QueryService queries,
            StatementIds ids,
            NodeMetrics metrics,
            Audit audit,
            String currency,
            ResultCache cache,
            ReadNotes notes,
            Clock clock) {
        this.cache = cache;
        this.notes = notes;
        this.currency = currency;
        this.queries = queries;
        this.ids = ids;
        this.log = new StatementLog(clock);
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        Access run = Access.needs(Scope.QUERY_RUN);
        return List.of(
                Route.of("POST", "/api/v1/queries", run, this::query),
                Route.of("GET", "/api/v1/queries/{query}", run, this::info),
                Route.of("DELETE", "/api/v1/queries/{query}", run, this::cancel),
                Route.of("GET", "/api/v1/products/{product}/sample", run, this::sample));
    }

    private Reply query(Request request) {
        return run(request, request.json(QueryRequest.class), Formats.of(request));
    }

    private Reply sample(Request request) {
        ProductName product = ProductName.parse(request.path("product"));
        long rows = request.number("rows", 10, 1, SAMPLE_ROWS_MAX);
        String sql =
                "SELECT * FROM \""
                        + product.domain()
                        + "\".\""
                        + product.name()
                        + "\" LIMIT "
                        + rows;
        return run(
                request,
                new QueryRequest(
                        sql, OptionalInt.empty(), OptionalLong.of(rows), request.query("purpose")),
                Formats.of(request));
    }

    private Reply run(Request request, QueryRequest wanted, ResultFormat format) {
        if (wanted.sql().isBlank()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "there is no statement: sql is empty");
        }
        String id = ids.next();
        Statement statement = new Statement(id, request, wanted);
        log.began(id, request.caller().subject(), clock.instant());
        request.onDisconnect(statement::cancel);
        Reply.BodyWriter writer =
                format == ResultFormat.PARQUET ? statement.asParquet() : statement.streamed(format);
        return new Reply.Stream(200, format.mediaType(), writer, Map.of("X-Query-Id", id));
    }

    private Reply info(Request request) {
        String id = request.path("query");
        return Reply.json(log.find(id, request.caller().subject()).orElseThrow(() -> unknown(id)));
    }

    private Reply cancel(Request request) {
        String id = request.path("query");
        String subject = request.caller().subject();
        if (!queries.cancel(id, subject) && log.find(id, subject).isEmpty()) {
            throw unknown(id);
        }
        return Reply.noContent();
    }

    private Money money(String text) {
        Money limit = Money.parse(text, currency);
        if (!limit.currency().equals(currency)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "costMax is in " + limit.currency() + "; prices here are in " + currency);
        }
        return limit;
    }

    private static QueryRegion region(QueryPart part) {
        return new QueryRegion(
                part.region().toString(),
                part.products().stream().map(ProductName::toString).toList(),
                part.strategy(),
                part.rows(),
                part.bytes(),
                part.missing());
    }

    private static Map<String, Object> fact(QueryRegion region) {
        Map<String, Object> fact = new java.util.LinkedHashMap<>();
        fact.put("region", region.region());
        fact.put("products", region.products());
        fact.put("rows", region.rows());
        fact.put("bytes", region.bytes());
        region.missing().ifPresent(why -> fact.put("missing", why));
        return fact;
    }

    private static Problem unknown(String id) {
        return new Problem(
                ProblemCode.NOT_FOUND, "you have no query '" + id + "', or it is too long ago");
    }

    /// One statement from its request to its last row.
    private final class Statement {
        private final String id;
        private final Request request;
        private final dev.sheaf.query.QueryRequest query;
        private final ReadRecord reads;
        private final long startNanos = System.nanoTime();
        private boolean isCached;

        Statement(String id, Request request, QueryRequest wanted) {
            this.id = id;
            this.request = request;
            Principal caller = request.caller();
            this.query =
                    new dev.sheaf.query.QueryRequest(
                                    id,
                                    wanted.sql(),
                                    new Caller(
                                            caller.subject(),
                                            caller.roles(),
                                            caller.domains(),
                                            wanted.purpose().orElse("")),
                                    seconds(wanted.timeoutSeconds()),
                                    wanted.rowsMax())
                            .across(
                                    wanted.partial().orElse(false),
                                    wanted.costMax().map(QueryRoutes.this::money),
                                    request.token());
            this.reads = new ReadRecord(audit, request.id(), caller, id, query.caller().purpose());
        }

        void cancel() {
            queries.cancel(id, query.caller().subject());
        }

        Reply.BodyWriter streamed(ResultFormat format) {
            return body -> {
                Optional<ResultCache.Kept> kept = cache.find(request.caller(), query);
                if (kept.isPresent()) {
                    again(kept.get(), format, body);
                } else {
                    fresh(format, body);
                }
            };
        }

        private void fresh(ResultFormat format, OutputStream body) throws IOException {
            long rows;
            QueryStatistics statistics;
            List<QueryPart> parts;
            Basis basis = new Basis();
            // The worker is given back before the end is put on record.
            try (QueryRun run = queries.run(query, basis);
                    KeepingRows keeping =
                            new KeepingRows(
                                    run,
                                    basis.found.isPresent()
                                            ? ResultCache.ENTRY_MAX
                                            : new ByteSize(0))) {
                reads.await();
                rows =
                        ResultWriter.of(
                                        form(format),
                                        () -> run.statistics().truncated(),
                                        run::parts)
                                .write(keeping, body);
                statistics = run.statistics();
                parts = run.parts();
                basis.keep(keeping, statistics.truncated(), parts);
            } catch (Problem problem) {
                failed(problem);
                throw problem;
            } catch (IOException gone) {
                failed(new Problem(ProblemCode.CANCELLED, "the caller hung up", gone));
                throw gone;
            }
            finished(rows, statistics.resultBytes(), statistics.truncated(), parts);
        }

        /// On record as any other, before its first row.
        private void again(ResultCache.Kept kept, ResultFormat format, OutputStream body)
                throws IOException {
            isCached = true;
            long rows;
            try (KeptRows run = new KeptRows(kept.rows())) {
                ReadRecord again =
                        new ReadRecord(
                                audit,
                                request.id(),
                                request.caller(),
                                id,
                                query.caller().purpose(),
                                Map.of("cached", true));
                again.reading(kept.reads());
                again.await();
                rows =
                        ResultWriter.of(form(format), kept::truncated, List::of, true)
                                .write(run, body);
            } catch (Problem problem) {
                failed(problem);
                throw problem;
            } catch (IOException gone) {
                failed(new Problem(ProblemCode.CANCELLED, "the caller hung up", gone));
                throw gone;
            }
            finished(rows, kept.rows().length, kept.truncated(), List.of());
        }

        /// Notes what a result rests on before the statement reads it.
        private final class Basis implements ReadListener {
            private Optional<ResultCache.Basis> found = Optional.empty();
            private List<TableRead> tables = List.of();

            @Override
            public void reading(List<TableRead> read) {
                tables = List.copyOf(read);
                found = cache.basis(request.caller(), query, tables);
                new Noted().reading(read);
            }

            @Override
            public void refused(ProductName product) {
                reads.refused(product);
            }

            void keep(KeepingRows rows, boolean truncated, List<QueryPart> parts) {
                if (found.isPresent() && rows.copy().isPresent()) {
                    cache.keep(
                            request.caller(),
                            query,
                            new ResultCache.Kept(
                                    rows.copy().get(), truncated, tables, parts, found.get()));
                }
            }
        }

        /// On record, and noted.
        private final class Noted implements ReadListener {
            @Override
            public void reading(List<TableRead> read) {
                reads.reading(read);
                notes.read(id, request.caller(), query.sql(), read);
            }

            @Override
            public void refused(ProductName product) {
                reads.refused(product);
            }
        }

        Reply.BodyWriter asParquet() {
            return body -> {
                Path file;
                try {
                    file = queries.runToParquet(query, new Noted());
                } catch (Problem problem) {
                    failed(problem);
                    throw problem;
                }
                try {
                    reads.await();
                    copy(file, body);
                } finally {
                    Files.delete(file);
                }
            };
        }

        private void copy(Path file, OutputStream body) throws IOException {
            long bytes = Files.copy(file, body);
            finished(0, bytes, false, List.of());
        }

        private void finished(long rows, long bytes, boolean truncated, List<QueryPart> parts) {
            List<QueryRegion> regions = parts.stream().map(QueryRoutes::region).toList();
            log.ended(id, rows, bytes, Optional.of(truncated), regions, Optional.empty());
            Map<String, Object> facts = new java.util.LinkedHashMap<>();
            facts.put("rows", rows);
            facts.put("bytes", bytes);
            if (isCached) {
                facts.put("cached", true);
            }
            if (!regions.isEmpty()) {
                facts.put("regions", regions.stream().map(QueryRoutes::fact).toList());
            }
            ended("finished", rows, Audit.Outcome.DONE, facts);
        }

        private void failed(Problem problem) {
            log.ended(id, 0, 0, Optional.empty(), List.of(), Optional.of(problem));
            Audit.Outcome outcome =
                    switch (problem.code()) {
                        case SQL_NOT_ALLOWED, FORBIDDEN, NOT_FOUND -> Audit.Outcome.DENIED;
                        default -> Audit.Outcome.FAILED;
                    };
            ended(
                    problem.code().name().toLowerCase(Locale.ROOT),
                    0,
                    outcome,
                    Map.of("code", problem.code().name()));
        }

        private void ended(String metric, long rows, Audit.Outcome outcome, Map<String, ?> facts) {
            metrics.queried(metric, rows, Duration.ofNanos(System.nanoTime() - startNanos));
            Map<String, Object> all = new java.util.LinkedHashMap<>(facts);
            all.put("query", id);
            all.put("purpose", query.caller().purpose());
            String digest = Sha256.of(query.sql().getBytes(StandardCharsets.UTF_8)).hex();
            Audit.Pending end =
                    audit.begin(
                            request.id(),
                            request.caller(),
                            "query.run",
                            "sql:" + digest,
                            outcome,
                            all,
                            List.of());
            // What was read is on record since before the first row; how it ended may follow.
            if (outcome != Audit.Outcome.DONE || !reads.hasRead()) {
                end.await();
            }
        }

        private static dev.sheaf.query.result.ResultFormat form(ResultFormat format) {
            return switch (format) {
                case JSON -> dev.sheaf.query.result.ResultFormat.JSON;
                case NDJSON -> dev.sheaf.query.result.ResultFormat.NDJSON;
                case CSV -> dev.sheaf.query.result.ResultFormat.CSV;
                case ARROW -> dev.sheaf.query.result.ResultFormat.ARROW;
                case PARQUET -> dev.sheaf.query.result.ResultFormat.PARQUET;
            };
        }

        private static Optional<Duration> seconds(OptionalInt seconds) {
            if (seconds.isEmpty()) {
                return Optional.empty();
            }
            if (seconds.getAsInt() < 1) {
                throw new Problem(ProblemCode.BAD_REQUEST, "timeoutSeconds must be at least 1");
            }
            return Optional.of(Duration.ofSeconds(seconds.getAsInt()));
        }
    }
}
