package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.ImpactAnswer;
import dev.sheaf.client.ImpactContract;
import dev.sheaf.client.LineageDataset;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `sheaf impact`: what a planned change touches.
@Command(
        name = "impact",
        description = "Show which products, consumers, models and contracts a change touches.",
        footer = {
            "",
            "In all regions, as far as it is known in the one that is asked, and through which"
                    + " columns. What you may not know",
            "of is counted and stands there as hidden.",
            "",
            "Examples:",
            "  sheaf impact sales.orders",
            "  sheaf impact sales.orders.customer_id",
            "  sheaf impact public.customers --namespace postgres://crm:5432 --column email --json"
        })
public final class ImpactCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "PRODUCT[.COLUMN]",
            description = "What is to change: domain.product, a column of it, or a dataset.")
    private String what = "";

    @Mixin private final Asked asked = new Asked();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "List at most so many of each; all are counted.")
    private @Nullable Integer limit;

    /// @param cli what the command prints to
    public ImpactCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ImpactAnswer answer;
        try (SheafClient client = Connection.open(cli, node)) {
            answer =
                    client.lineage()
                            .impact(
                                    asked.of(what),
                                    limit == null ? OptionalInt.empty() : OptionalInt.of(limit));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), answer);
        } else {
            print(answer);
        }
        return 0;
    }

    private void print(ImpactAnswer answer) {
        String start = LineageText.place(answer.start());
        if (answer.datasetCount() == 0 && answer.ownerCount() == 0) {
            cli.terminal().out().println("a change of " + start + " touches nothing that is known");
            return;
        }
        cli.terminal().out().println("a change of " + start + " touches");
        cli.terminal().out().println();
        OwnerTable.print(cli, answer.models());
        datasets(Stream.concat(answer.products().stream(), answer.datasets().stream()).toList());
        contracts(answer.contracts());
        OwnerTable.print(
                cli, Stream.concat(answer.consumers().stream(), answer.jobs().stream()).toList());
        cli.terminal()
                .out()
                .printf(
                        "%d models, %d products, %d datasets in all, %d columns, %d jobs, models"
                                + " and consumers%s%n",
                        answer.models().size(),
                        answer.products().size(),
                        answer.datasetCount(),
                        answer.columnCount(),
                        answer.ownerCount(),
                        answer.truncated() ? "; not all of them are listed" : "");
    }

    private void datasets(List<LineageDataset> datasets) {
        if (datasets.isEmpty()) {
            return;
        }
        Table table =
                Table.of(
                        Table.Column.text("product or dataset"),
                        Table.Column.text("columns"),
                        Table.Column.text("path"));
        for (LineageDataset each : datasets) {
            table.row(
                    Cell.of(LineageText.place(each.place())),
                    Cell.of(LineageText.columns(each)),
                    Cell.of(LineageText.path(each.path())));
        }
        table.print(cli.terminal());
        cli.terminal().out().println();
    }

    private void contracts(List<ImpactContract> contracts) {
        if (contracts.isEmpty()) {
            return;
        }
        Table table =
                Table.of(
                        Table.Column.text("contract"),
                        Table.Column.text("version"),
                        Table.Column.text("product"),
                        Table.Column.text("region"),
                        Table.Column.text("columns"));
        for (ImpactContract each : contracts) {
            table.row(
                    Cell.of(each.contract()),
                    Cell.of(each.version()),
                    Cell.of(each.product()),
                    Cell.of(each.region()),
                    Cell.of(each.whole() ? "all" : String.join(", ", each.columns())));
        }
        table.print(cli.terminal());
        cli.terminal().out().println();
    }
}
