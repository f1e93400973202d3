package dev.sheaf.cli.erasure;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureList;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `sheaf erasures`: what became of erasures.
@Command(
        name = "erasures",
        description = "List a node's erasures, or show one and keep its certificate.",
        footer = {
            "",
            "Nobody learns from it whose data was erased.",
            "",
            "Examples:",
            "  sheaf erasures",
            "  sheaf erasures erasure-20261126-214409-123-00a1b2c3d4 -o certificates"
        })
public final class ErasuresCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "One erasure.")
    private @Nullable String id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Write its certificate there.")
    private @Nullable Path output;

    /// @param cli what the command prints to
    public ErasuresCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            return id == null ? list(client.erasures().list()) : one(client.erasures().erasure(id));
        }
    }

    private int one(ErasureInfo info) {
        if (output != null) {
            ErasureText.keep(cli, info, output);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), info);
        } else {
            ErasureText.print(cli, info);
        }
        return ErasureText.status(info);
    }

    private int list(ErasureList all) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), all);
            return 0;
        }
        Table table =
                Table.of(
                        Table.Column.text("id"),
                        Table.Column.text("state"),
                        Table.Column.text("by"),
                        Table.Column.text("started"),
                        Table.Column.number("stores"),
                        Table.Column.text("reason"));
        for (ErasureInfo info : all.erasures()) {
            table.row(
                    Cell.of(info.id()),
                    Cell.of(info.state().name().toLowerCase(Locale.ROOT)),
                    Cell.of(info.orderedBy()),
                    Cell.of(info.startedAt().toString()),
                    Cell.of(Integer.toString(info.stores().size())),
                    Cell.of(info.reason().orElse("")));
        }
        table.print(cli.terminal());
        return 0;
    }
}
