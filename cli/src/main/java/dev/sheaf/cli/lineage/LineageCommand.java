package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.LineageAnswer;
import dev.sheaf.client.LineageDataset;
import dev.sheaf.client.LineageOwner;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `sheaf lineage`: what is made from something, or what it is made from.
@Command(
        name = "lineage",
        description = "Show what is made from a product or dataset, or what it is made from.",
        footer = {
            "",
            "Over all regions, from what publishes, queries, models and OpenLineage events say."
                    + " What you may not know of stands",
            "there as hidden.",
            "",
            "Examples:",
            "  sheaf lineage sales.orders",
            "  sheaf lineage sales.orders.amount --upstream",
            "  sheaf lineage public.menus --namespace food_delivery --depth 2 --json"
        })
public final class LineageCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "PRODUCT|DATASET",
            description = "domain.product, domain.product.column, or a dataset's name.")
    private String what = "";

    @Mixin private final Asked asked = new Asked();

    /// Where to look.
    static final class Direction {
        @Option(names = "--upstream", description = "What it is made from.")
        private boolean upstream;

        @Option(names = "--downstream", description = "What is made from it (the default).")
        private boolean downstream;
    }

    @ArgGroup private Direction direction = new Direction();

    @Option(names = "--depth", paramLabel = "N", description = "At most so many jobs between.")
    private @Nullable Integer depth;

    /// @param cli what the command prints to
    public LineageCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        LineageAnswer answer;
        boolean isUpstream = direction.upstream && !direction.downstream;
        try (SheafClient client = Connection.open(cli, node)) {
            answer =
                    client.lineage()
                            .lineage(
                                    asked.of(what),
                                    isUpstream,
                                    depth == null ? OptionalInt.empty() : OptionalInt.of(depth),
                                    OptionalInt.empty());
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), answer);
            return 0;
        }
        print(answer);
        return 0;
    }

    private void print(LineageAnswer answer) {
        List<LineageOwner> owners =
                Stream.of(answer.jobs(), answer.models(), answer.consumers())
                        .flatMap(List::stream)
                        .toList();
        if (answer.datasets().isEmpty() && owners.isEmpty()) {
            cli.terminal().out().println("nothing is known " + answer.direction());
            return;
        }
        Table datasets =
                Table.of(
                        Table.Column.text("dataset"),
                        Table.Column.number("depth"),
                        Table.Column.text("columns"),
                        Table.Column.text("path"));
        for (LineageDataset each : answer.datasets()) {
            datasets.row(
                    Cell.of(LineageText.place(each.place())),
                    Cell.of(Integer.toString(each.depth())),
                    Cell.of(LineageText.columns(each)),
                    Cell.of(LineageText.path(each.path())));
        }
        datasets.print(cli.terminal());
        cli.terminal().out().println();
        OwnerTable.print(cli, owners);
        cli.terminal()
                .out()
                .printf(
                        "%d datasets, %d columns, %d jobs, models and consumers%s%n",
                        answer.datasetCount(),
                        answer.columnCount(),
                        answer.ownerCount(),
                        answer.truncated() ? "; not all of them are listed" : "");
    }
}
