package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.client.LinkFault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `sheaf link delay`: makes a link as slow as a long way.
@Command(
        name = "delay",
        description = "Hold up what two regions send each other, until it is healed.",
        footer = {
            "",
            "Examples:",
            "  sheaf link delay aws/us-east-1 azure/westeurope --millis 40 --jitter 10"
        })
final class LinkDelayCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final LinkSides sides = new LinkSides();

    @Option(
            names = "--millis",
            paramLabel = "N",
            required = true,
            description = "How long, in each direction.")
    private long millis;

    @Option(
            names = "--jitter",
            paramLabel = "N",
            defaultValue = "0",
            description = "Up to so many milliseconds more, at random (default 0).")
    private long jitter;

    @Option(names = "--one-way", description = "Only what A sends to B.")
    private boolean oneWay;

    LinkDelayCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        sides.tell(cli, LinkFault.delay(millis, jitter), oneWay, "delayed by " + millis + " ms");
        return 0;
    }
}
