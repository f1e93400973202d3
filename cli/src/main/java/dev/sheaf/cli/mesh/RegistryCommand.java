package dev.sheaf.cli.mesh;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.product.Ages;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.RegistryConflict;
import dev.sheaf.client.RegistryFault;
import dev.sheaf.client.RegistryInfo;
import dev.sheaf.client.RegistryRegion;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf registry`: what is known of other regions, how old it is, and what does not count.
@Command(
        description = "Show how the catalog of all regions stands at the node.",
        footer = {"", "Examples:", "  sheaf registry", "  sheaf registry --json"})
public final class RegistryCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public RegistryCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        RegistryInfo info;
        try (SheafClient client = Connection.open(cli, node)) {
            info = client.registry().registry();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), info);
        } else {
            print(info);
        }
        return 0;
    }

    private void print(RegistryInfo info) {
        if (info.regions().isEmpty()) {
            cli.terminal().out().println("The mesh of this node has no other region.");
        } else {
            regions(info).print(cli.terminal());
        }
        for (RegistryConflict conflict : info.conflicts()) {
            cli.terminal()
                    .out()
                    .println(
                            "The domain "
                                    + conflict.domain()
                                    + " counts as "
                                    + conflict.home()
                                    + "'s, which declared it first; "
                                    + String.join(", ", conflict.others())
                                    + " claims it too.");
        }
        if (!info.faults().isEmpty()) {
            faults(info).print(cli.terminal());
        }
    }

    private static Table regions(RegistryInfo info) {
        Table table =
                Table.of(
                        Column.text("region"),
                        Column.number("products"),
                        Column.text("age"),
                        Column.text("policies"));
        for (RegistryRegion region : info.regions()) {
            table.row(
                    Cell.of(region.region()),
                    Cell.of(region.products()),
                    region.ageSeconds().isPresent()
                            ? Cell.of(Ages.shown(region.ageSeconds()))
                            : new Cell.Toned("never heard of", Cell.Tone.WARNING),
                    Cell.of(region.policyRevision().orElse("")));
        }
        return table;
    }

    private static Table faults(RegistryInfo info) {
        Table table =
                Table.of(
                        Column.text("document that does not count"),
                        Column.text("why"),
                        Column.text("found"));
        for (RegistryFault fault : info.faults()) {
            table.row(
                    Cell.of(fault.type() + " " + fault.document()),
                    Cell.of(fault.reason()),
                    Cell.of(Shown.instant(fault.at())));
        }
        return table;
    }
}
