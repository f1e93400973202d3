package dev.sheaf.cli.query;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf quarantine`: the rows that a publish rejected, each with its reason.
@Command(
        description = "Show the rows that a publish rejected, and why.",
        footer = {
            "",
            "Shows input as it came; therefore it needs the right to publish, not only to read.",
            "",
            "Examples:",
            "  sheaf quarantine sales.orders                     of its latest publish that"
                    + " rejected rows",
            "  sheaf quarantine 0193b2f4c1a07d3e --rows 1000     of one run",
            "  sheaf quarantine sales.orders --format csv -o rejected.csv"
        })
public final class QuarantineCommand implements Callable<Integer> {
    private static final int RUNS_SEARCHED = 100;

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT|RUN", description = "A product, or one run of it.")
    private String target = "";

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "ROWS",
            defaultValue = "20",
            description = "How many (default ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv, json, ndjson, parquet or arrow.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file.")
    private @Nullable Path output;

    public QuarantineCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        OutputFormat form = node.json() ? OutputFormat.JSON : format;
        Optional<Path> file = Optional.ofNullable(output).map(cli.workingDirectory()::resolve);
        ResultSink.check(cli.terminal(), form, file);
        try (SheafClient client = Connection.open(cli, node)) {
            RunInfo run = run(client);
            ResultStream result = client.quarantine(run.id(), rows, form.wire());
            if (form == OutputFormat.TABLE && file.isEmpty()) {
                ResultText.table(ResultReader.read(result)).print(cli.terminal());
                cli.terminal()
                        .out()
                        .println(
                                "("
                                        + Shown.count(Math.min(rows, run.rowsQuarantined()))
                                        + " of "
                                        + Shown.count(run.rowsQuarantined(), "rejected row")
                                        + " of run "
                                        + run.id()
                                        + ", "
                                        + Shown.instant(run.startedAt())
                                        + ")");
            } else {
                ResultSink.write(cli.terminal(), result, file);
            }
        }
        return 0;
    }

    private RunInfo run(SheafClient client) {
        if (target.indexOf('.') < 0) {
            return client.run(target);
        }
        ProductName product = ProductName.parse(target);
        return client.runs(product, RUNS_SEARCHED).stream()
                .filter(run -> run.rowsQuarantined() > 0)
                .findFirst()
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.NOT_FOUND,
                                "none of the last "
                                        + RUNS_SEARCHED
                                        + " publishes of "
                                        + product
                                        + " rejected a row. 'sheaf runs "
                                        + product
                                        + "' lists them"));
    }
}
