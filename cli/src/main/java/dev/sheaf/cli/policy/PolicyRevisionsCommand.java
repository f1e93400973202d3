package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.PolicyChangeInfo;
import dev.sheaf.client.PolicyHistory;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf policy revisions`: the history of a node's policies.
@Command(
        name = "revisions",
        description = "Show who changed a node's policies, when and why.",
        footer = {
            "",
            "Newest first. Revision 0 is the standard pack.",
            "",
            "Examples:",
            "  sheaf policy revisions",
            "  sheaf policy revisions --json"
        })
public final class PolicyRevisionsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public PolicyRevisionsCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        PolicyHistory history;
        try (SheafClient client = Connection.open(cli, node)) {
            history = client.policies().history();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), history);
            return 0;
        }
        Table table =
                Table.of(
                        Column.number("revision"),
                        Column.text("at"),
                        Column.text("how"),
                        Column.text("by"),
                        Column.text("digest"),
                        Column.text("reason"),
                        Column.text(""));
        boolean isNewest = true;
        for (PolicyChangeInfo change : history.changes()) {
            boolean isInForce = isNewest && history.inForce().orElse(-1) == change.revision();
            table.row(
                    Cell.of(change.revision()),
                    Cell.of(Shown.instant(change.at())),
                    Cell.of(how(change.kind())),
                    Cell.of(change.by()),
                    Cell.of(change.digest()),
                    Cell.of(change.reason()),
                    isInForce ? new Cell.Toned("in force", Cell.Tone.GOOD) : new Cell.Text(""));
            isNewest = false;
        }
        table.print(cli.terminal());
        history.fault()
                .ifPresent(why ->
                        cli.terminal()
                                .err()
                                .println(
                                        "none is in force, everything is denied: "
                                                + Glyphs.harmlessLines(why)));
        return 0;
    }

    private static String how(PolicyChangeInfo.Kind kind) {
        return switch (kind) {
            case BEGAN -> "began";
            case APPLIED -> "applied";
            case ROLLED_BACK -> "rolled back";
            case KEPT -> "kept";
        };
    }
}
