package dev.sheaf.cli.publish;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunList;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `sheaf runs`: publishes of whatever outcome, or one of them with its report.
@Command(
        description = "List publishes of a product, or show one of them.",
        footer = {"", "Examples:", "  sheaf runs sales.orders", "  sheaf runs 0193b2f4c1a07d3e"})
public final class RunsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT|RUN", description = "A product, or one run of it.")
    private String target = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "RUNS",
            defaultValue = "20",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int limit;

    public RunsCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            if (target.indexOf('.') < 0) {
                one(client.run(target));
            } else {
                all(client.runs(ProductName.parse(target), limit));
            }
        }
        return 0;
    }

    private void one(RunInfo run) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), run);
        } else {
            new RunText(cli.terminal()).print(run);
        }
    }

    private void all(List<RunInfo> runs) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), new RunList(runs));
            return;
        }
        Table table =
                Table.of(
                        Column.text("run"),
                        Column.text("started"),
                        Column.text("outcome"),
                        Column.number("release"),
                        Column.number("rows in"),
                        Column.number("quarantined"),
                        Column.text("by"));
        for (RunInfo run : runs) {
            table.row(
                    Cell.of(run.id()),
                    Cell.of(Shown.instant(run.startedAt())),
                    Cell.of(run.state().name().toLowerCase(Locale.ROOT)),
                    run.release().isPresent()
                            ? Cell.of(run.release().getAsLong())
                            : new Cell.Text(""),
                    Cell.of(Shown.count(run.rowsIn())),
                    Cell.of(Shown.count(run.rowsQuarantined())),
                    Cell.of(run.startedBy()));
        }
        table.print(cli.terminal());
    }
}
