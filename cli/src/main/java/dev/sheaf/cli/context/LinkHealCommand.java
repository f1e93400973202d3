package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.client.LinkFault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf link heal`: ends every disturbance of a link.
@Command(
        name = "heal",
        description = "End every cut and delay between two regions.",
        footer = {"", "Examples:", "  sheaf link heal aws/us-east-1 azure/westeurope"})
final class LinkHealCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final LinkSides sides = new LinkSides();

    LinkHealCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        sides.tell(cli, LinkFault.heal(), false, "healed");
        return 0;
    }
}
