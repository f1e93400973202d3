package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.client.ContextCheckpoint;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf context checkpoint`: a copy of all that a node holds.
@Command(
        name = "checkpoint",
        description = "Copy all documents, with the log and the types, while the node goes on.",
        footer = {
            "",
            "The folder is on the node's machine, an absolute path, and must not exist or be empty."
                    + " The copy has everything",
            "that was acknowledged before. A node without context begins with it when it is started"
                    + " with",
            "--restore-context DIR. Needs the scope context.admin for all domains; it is audited."
                    + " What is erased later",
            "stays in the copy: delete it in time.",
            "",
            "Examples:",
            "  sheaf context checkpoint /srv/checkpoints/monday"
        })
final class CheckpointCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "DIR", description = "Where to, on the node's machine.")
    private String folder = "";

    CheckpointCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ContextCheckpoint taken;
        try (SheafClient client = Connection.open(cli, node)) {
            taken = client.contexts().checkpoint(folder);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), taken);
        } else {
            cli.terminal()
                    .out()
                    .println(
                            "checkpoint in "
                                    + Glyphs.harmless(taken.folder())
                                    + ", up to log position "
                                    + taken.position());
        }
        return 0;
    }
}
