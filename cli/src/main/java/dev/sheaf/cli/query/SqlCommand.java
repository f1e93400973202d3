package dev.sheaf.cli.query;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// `sheaf sql`: one statement over the products that the caller may read.
@Command(
        description = "Run SQL over data products.",
        footer = {
            "",
            "DuckDB's dialect; a product is a table named domain.product. Interrupting (Ctrl-C)"
                    + " cancels the statement at the node.",
            "",
            "Examples:",
            "  sheaf sql \"SELECT country, count(*) FROM sales.orders GROUP BY ALL ORDER BY 2"
                    + " DESC\"",
            "  sheaf sql -f report.sql --format csv -o report.csv",
            "  sheaf sql \"FROM sales.orders\" --as-of 2026-11-01 --limit 10",
            "  echo 'FROM finance.\"purchase-orders\"' | sheaf sql - --format ndjson"
        })
public final class SqlCommand implements Callable<Integer> {
    private static final long TABLE_ROWS = 1000;

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "SQL",
            description = "The statement; '-' reads it from standard input.")
    private @Nullable String sql;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the statement from a file.")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table, csv, json, ndjson, parquet or arrow. Default: table, or what the name"
                            + " after -o ends with.")
    private @Nullable OutputFormat format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file, which appears when it is complete.")
    private @Nullable Path output;

    @Option(
            names = "--as-of",
            paramLabel = "RELEASE|TIME",
            description = "Read every product as of a release number, date or instant.")
    private @Nullable String asOf;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up after this long; default: the node's own limit.")
    private @Nullable Integer timeoutSeconds;

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            description = "At most so many rows; 0 for all. Default: 1000 for tables, else all.")
    private @Nullable Long rowsMax;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "What the data is read for, as your grant names it.")
    private @Nullable String purpose;

    @Option(
            names = "--explain",
            description =
                    "Show where it would be answered, from what and at what cost; run nothing.")
    private boolean explain;

    @Option(
            names = "--partial",
            description =
                    "Leave regions out that cannot be reached, and say which; without it the"
                            + " statement fails.")
    private boolean isPartial;

    @Option(
            names = "--max-cost",
            paramLabel = "AMOUNT",
            description =
                    "What moving data between regions may cost, as in 0.05; a dearer statement"
                            + " does not run.")
    private @Nullable String costMax;

    public SqlCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Optional<Path> target = Optional.ofNullable(output).map(cli.workingDirectory()::resolve);
        OutputFormat form = form(target);
        ResultSink.check(cli.terminal(), form, target);
        QueryRequest request = request(statement(), form);
        try (SheafClient client = Connection.open(cli, node)) {
            run(client, request, form, target);
        } catch (Problem e) {
            throw node.json() ? e : SqlCaret.mark(request.sql(), e);
        }
        return 0;
    }

    private void run(
            SheafClient client, QueryRequest request, OutputFormat form, Optional<Path> target) {
        long began = System.nanoTime();
        try (CancelOnInterrupt interrupt = new CancelOnInterrupt(client)) {
            ResultStream result = client.query(request, form.wire());
            result.queryId().ifPresent(interrupt::watch);
            finish(result, form, target, began);
            if (form != OutputFormat.TABLE && isPartial) {
                result.queryId()
                        .ifPresent(id ->
                                RegionsText.printMissing(cli.terminal(), client.queryInfo(id)));
            }
        }
    }

    private void finish(ResultStream result, OutputFormat form, Optional<Path> target, long began) {
        if (form == OutputFormat.TABLE) {
            ResultTable table = ResultReader.read(result);
            new ResultText(cli.terminal())
                    .print(table, Shown.duration(Duration.ofNanos(System.nanoTime() - began)));
            return;
        }
        long bytes = ResultSink.write(cli.terminal(), result, target);
        if (target.isEmpty() && form.wire() == ResultFormat.JSON) {
            cli.terminal().out().println();
        }
        target.ifPresent(written ->
                cli.terminal()
                        .err()
                        .println(
                                "wrote "
                                        + written
                                        + " ("
                                        + new dev.sheaf.kernel.ByteSize(bytes)
                                        + ", "
                                        + form
                                        + ")"));
    }

    private OutputFormat form(Optional<Path> target) {
        if (format != null) {
            if (node.json() && format != OutputFormat.JSON) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST, "--json and --format " + format + " contradict");
            }
            return format;
        }
        if (node.json()) {
            return OutputFormat.JSON;
        }
        String name = target.map(path -> String.valueOf(path.getFileName())).orElse("");
        for (OutputFormat candidate : OutputFormat.values()) {
            if (name.endsWith("." + candidate)) {
                return candidate;
            }
        }
        if (target.isPresent()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "in which form? Add --format csv, json, ndjson, parquet or arrow, or end the"
                            + " file's name with it");
        }
        return OutputFormat.TABLE;
    }

    private QueryRequest request(String statement, OutputFormat form) {
        String timed = asOf == null ? statement : AsOf.parse(asOf).applyTo(statement);
        String complete = explain ? "EXPLAIN " + timed : timed;
        long limit = rowsMax == null ? (form == OutputFormat.TABLE ? TABLE_ROWS : 0) : rowsMax;
        if (limit < 0) {
            throw new Problem(ProblemCode.INVALID_VALUE, "--limit " + limit + ": 0 or more");
        }
        return new QueryRequest(
                complete,
                timeoutSeconds == null ? OptionalInt.empty() : OptionalInt.of(timeoutSeconds),
                limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit),
                Optional.ofNullable(purpose),
                isPartial ? Optional.of(true) : Optional.empty(),
                Optional.ofNullable(costMax));
    }

    private String statement() {
        if ((sql == null) == (file == null)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "give one statement: as an argument, with -f FILE, or '-' for standard input");
        }
        try {
            String text =
                    file != null
                            ? Files.readString(cli.workingDirectory().resolve(file))
                            : "-".equals(sql)
                                    ? new String(
                                            cli.terminal().in().readAllBytes(),
                                            StandardCharsets.UTF_8)
                                    : String.valueOf(sql);
            if (text.isBlank()) {
                throw new Problem(ProblemCode.BAD_REQUEST, "the statement is empty");
            }
            return text;
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "cannot read " + (file == null ? "standard input" : file) + ": " + e,
                    e);
        }
    }
}
