package dev.sheaf.node.queries;

import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Formats;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryPart;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.QueryStatistics;
import dev.sheaf.query.ReadListener;
import dev.sheaf.query.TableRead;
import dev.sheaf.query.result.ResultWriter;

import io.opentelemetry.api.trace.SpanKind;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Statements: run, streamed, asked after, cancelled.
public final class QueryRoutes {
    private static final int SAMPLE_ROWS_MAX = 1000;

    private final QueryService queries;
    private final StatementRecords records;
    private final String currency;
    private final ResultCache cache;

    /// @param currency of the prices that limits are compared with
    public QueryRoutes(
            QueryService queries, StatementRecords records, String currency, ResultCache cache) {
        this.queries = queries;
        this.records = records;
        this.currency = currency;
        this.cache = cache;
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
        StatementRecord record =
                records.begin(
                        request.id(),
                        request.caller(),
                        wanted.sql(),
                        wanted.purpose().orElse(""),
                        Map.of());
        Statement statement = new Statement(record, request, wanted);
        request.onDisconnect(statement::cancel);
        Reply.BodyWriter writer =
                statement.traced(
                        format == ResultFormat.PARQUET
                                ? statement.asParquet()
                                : statement.streamed(format));
        return new Reply.Stream(200, format.mediaType(), writer, Map.of("X-Query-Id", record.id()));
    }

    private Reply info(Request request) {
        String id = request.path("query");
        return Reply.json(
                records.find(id, request.caller().subject()).orElseThrow(() -> unknown(id)));
    }

    private Reply cancel(Request request) {
        String id = request.path("query");
        String subject = request.caller().subject();
        if (!queries.cancel(id, subject) && records.find(id, subject).isEmpty()) {
            throw unknown(id);
        }
        return Reply.noContent();
    }

    private static Problem unknown(String id) {
        return new Problem(
                ProblemCode.NOT_FOUND, "you have no query '" + id + "', or it is too long ago");
    }

    /// One statement from its request to its last row.
    private final class Statement {
        private final StatementRecord record;
        private final Request request;
        private final Span span;
        private final dev.sheaf.query.QueryRequest query;

        Statement(StatementRecord record, Request request, QueryRequest wanted) {
            this.record = record;
            this.request = request;
            this.span = request.span().child("query", SpanKind.INTERNAL);
            span.set("sheaf.query.id", record.id());
            Principal caller = request.caller();
            this.query =
                    new dev.sheaf.query.QueryRequest(
                                    record.id(),
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
                                    wanted.costMax().map(text -> CostLimit.parse(text, currency)),
                                    request.token())
                            .traced(span.header());
        }

        void cancel() {
            queries.cancel(record.id(), query.caller().subject());
        }

        Reply.BodyWriter traced(Reply.BodyWriter writer) {
            return body -> {
                try (span) {
                    writer.write(body);
                } catch (Problem problem) {
                    span.failed(problem);
                    throw problem;
                }
            };
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
                record.reads().await();
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
                record.failed(problem);
                throw problem;
            } catch (IOException gone) {
                record.failed(new Problem(ProblemCode.CANCELLED, "the caller hung up", gone));
                throw gone;
            }
            span.set("sheaf.rows", rows);
            record.finished(
                    rows, statistics.resultBytes(), statistics.truncated(), parts, Map.of());
        }

        /// On record as any other, before its first row.
        private void again(ResultCache.Kept kept, ResultFormat format, OutputStream body)
                throws IOException {
            long rows;
            try (KeptRows run = new KeptRows(kept.rows())) {
                ReadRecord again = record.reads(Map.of("cached", true));
                again.reading(kept.reads());
                again.await();
                rows =
                        ResultWriter.of(form(format), kept::truncated, List::of, true)
                                .write(run, body);
            } catch (Problem problem) {
                record.failed(problem);
                throw problem;
            } catch (IOException gone) {
                record.failed(new Problem(ProblemCode.CANCELLED, "the caller hung up", gone));
                throw gone;
            }
            record.finished(
                    rows, kept.rows().length, kept.truncated(), List.of(), Map.of("cached", true));
        }

        /// Notes what a result rests on before the statement reads it.
        private final class Basis implements ReadListener {
            private Optional<ResultCache.Basis> found = Optional.empty();
            private List<TableRead> tables = List.of();

            @Override
            public boolean wantsColumns() {
                return record.reads().wantsColumns();
            }

            @Override
            public void reading(List<TableRead> read) {
                tables = List.copyOf(read);
                found = cache.basis(request.caller(), query, tables);
                record.reads().reading(read);
            }

            @Override
            public void refused(ProductName product) {
                record.reads().refused(product);
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

        Reply.BodyWriter asParquet() {
            return body -> {
                Path file;
                try {
                    file = queries.runToParquet(query, record.reads());
                } catch (Problem problem) {
                    record.failed(problem);
                    throw problem;
                }
                try {
                    record.reads().await();
                    copy(file, body);
                } finally {
                    Files.delete(file);
                }
            };
        }

        private void copy(Path file, OutputStream body) throws IOException {
            long bytes = Files.copy(file, body);
            record.finished(0, bytes, false, List.of(), Map.of());
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
