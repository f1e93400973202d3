package dev.sheaf.cli.mesh;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.product.Ages;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.DomainInfo;
import dev.sheaf.client.DomainList;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf domains`: who owns what, and where it lives.
@Command(
        description = "List the domains you may read.",
        footer = {"", "Examples:", "  sheaf domains"})
public final class DomainsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public DomainsCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        DomainList list;
        try (SheafClient client = Connection.open(cli, node)) {
            list = new DomainList(client.domains());
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return 0;
        }
        Table table =
                Table.of(
                        Column.text("domain"),
                        Column.text("home region"),
                        Column.text("age"),
                        Column.text("owner"),
                        Column.number("products"));
        for (DomainInfo domain : list.domains()) {
            table.row(
                    Cell.of(domain.name()),
                    Cell.of(domain.homeRegion()),
                    Cell.of(Ages.shown(domain.ageSeconds())),
                    Cell.of(domain.owner()),
                    Cell.of(domain.products()));
        }
        table.print(cli.terminal());
        return 0;
    }
}
