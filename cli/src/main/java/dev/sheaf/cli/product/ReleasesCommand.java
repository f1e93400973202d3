package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.publish.RunText;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ReleaseDetails;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.ReleaseList;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf releases`: a product's history, or one release with its quality report.
@Command(
        description = "List a product's releases, or show one of them.",
        footer = {
            "",
            "Examples:",
            "  sheaf releases sales.orders",
            "  sheaf releases sales.orders 3",
            "  sheaf sql \"SELECT count(*) FROM sales.orders AT (VERSION => 3)\"   reads that"
                    + " release"
        })
public final class ReleasesCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RELEASE",
            description = "Only this one, with its quality report.")
    private @Nullable Long release;

    public ReleasesCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        try (SheafClient client = Connection.open(cli, node)) {
            if (release == null) {
                all(name, client.releaseList(name));
            } else {
                one(client.release(name, release));
            }
        }
        return 0;
    }

    private void one(ReleaseDetails details) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), details);
        } else {
            table(List.of(details.release())).print(cli.terminal());
            details.run()
                    .ifPresentOrElse(
                            run -> new RunText(cli.terminal()).print(run),
                            () ->
                                    cli.terminal()
                                            .out()
                                            .println(
                                                    "Its quality report stays in its home region;"
                                                            + " ask the node there."));
        }
    }

    private void all(ProductName name, ReleaseList list) {
        List<ReleaseInfo> releases = list.releases();
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
        } else if (releases.isEmpty()) {
            cli.terminal()
                    .out()
                    .println(
                            name
                                    + " has no release yet. 'sheaf publish "
                                    + name
                                    + " FILE' makes one.");
        } else {
            table(releases).print(cli.terminal());
            if (list.ageSeconds().isPresent()) {
                cli.terminal()
                        .out()
                        .println(
                                "As "
                                        + list.home()
                                        + " told; what happened there in the last "
                                        + Ages.shown(list.ageSeconds())
                                        + " may be missing.");
            }
        }
    }

    private static Table table(List<ReleaseInfo> releases) {
        Table table =
                Table.of(
                        Column.number("release"),
                        Column.text("committed"),
                        Column.text("contract"),
                        Column.number("rows added"),
                        Column.number("rows total"),
                        Column.number("quarantined"),
                        Column.number("score"),
                        Column.text("by"),
                        Column.text(""));
        for (ReleaseInfo release : releases) {
            table.row(
                    Cell.of(release.release()),
                    Cell.of(Shown.instant(release.committedAt())),
                    Cell.of(release.contractVersion()),
                    Cell.of(Shown.count(release.rowsAdded())),
                    release.rowsTotal().isPresent()
                            ? Cell.of(Shown.count(release.rowsTotal().getAsLong()))
                            : Cell.NULL,
                    Cell.of(Shown.count(release.rowsQuarantined())),
                    release.score().isPresent()
                            ? Cell.of(Shown.score(release.score().getAsDouble()))
                            : Cell.NULL,
                    Cell.of(release.publishedBy().orElse("")),
                    release.current()
                            ? new Cell.Toned("current", Cell.Tone.GOOD)
                            : new Cell.Text(""));
        }
        return table;
    }
}
