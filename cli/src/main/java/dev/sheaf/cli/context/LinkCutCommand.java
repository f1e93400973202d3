package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.client.LinkFault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `sheaf link cut`: lets nothing through.
@Command(
        name = "cut",
        description = "Let nothing through between two regions, until it is healed.",
        footer = {
            "",
            "Examples:",
            "  sheaf link cut aws/us-east-1 azure/westeurope",
            "  sheaf link cut aws/us-east-1 azure/westeurope --one-way"
        })
final class LinkCutCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final LinkSides sides = new LinkSides();

    @Option(names = "--one-way", description = "Only what A sends to B.")
    private boolean oneWay;

    LinkCutCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        sides.tell(cli, LinkFault.cut(oneWay ? "out" : "both"), oneWay, "cut");
        return 0;
    }
}
