package dev.sheaf.cli.members;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.MemberInfo;
import dev.sheaf.client.MemberList;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf members`: who belongs to the mesh, as a node knows it.
@Command(
        description = "List the members of the mesh.",
        footer = {
            "",
            "'heard' is how old what the node knows of a member can be. 'root' marks the asked node"
                    + " when it can admit and evict.",
            "",
            "Examples:",
            "  sheaf members",
            "  sheaf members --json"
        })
public final class MembersCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    /// @param cli what the command prints to
    public MembersCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        MemberList list;
        try (SheafClient client = Connection.open(cli, node)) {
            list = client.members().list();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return 0;
        }
        Table table =
                Table.of(
                        Column.text("region"),
                        Column.text("state"),
                        Column.text("links at"),
                        Column.text("link"),
                        Column.number("heard"),
                        Column.text("certificate until"),
                        Column.text("since"),
                        Column.text(""));
        list.members().forEach(member -> table.row(row(member)));
        table.print(cli.terminal());
        return 0;
    }

    private static List<Cell> row(MemberInfo member) {
        return List.of(
                Cell.of(member.region()),
                new Cell.Toned(
                        member.state(),
                        member.state().equals("active") ? Cell.Tone.GOOD : Cell.Tone.BAD),
                Cell.of(member.address()),
                new Cell.Toned(
                        member.link(),
                        member.link().equals("up") ? Cell.Tone.GOOD : Cell.Tone.WARNING),
                Cell.of(
                        member.heardMsAgo().isPresent()
                                ? Shown.duration(Duration.ofMillis(member.heardMsAgo().getAsLong()))
                                : ""),
                Cell.of(member.certificateEnd().orElse("")),
                Cell.of(member.since().orElse("")),
                Cell.of(
                        member.self()
                                ? member.holdsRoot().orElse(false) ? "this node, root" : "this node"
                                : ""));
    }
}
