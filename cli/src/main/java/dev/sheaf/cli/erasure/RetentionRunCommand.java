package dev.sheaf.cli.erasure;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.RetentionOrder;
import dev.sheaf.client.RetentionRun;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf retention run`: what is too old goes now.
@Command(
        name = "run",
        description = "Remove what is older than products' contracts allow.",
        footer = {
            "",
            "A node does that by itself (retention.interval). It refuses when its clock is before"
                    + " the last run, or more than",
            "400 days after it. Context types' documents end by themselves. Exit status 1 when a"
                    + " product failed.",
            "",
            "Examples:",
            "  sheaf retention run --dry-run",
            "  sheaf retention run"
        })
final class RetentionRunCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(names = "--dry-run", description = "Only show what would go.")
    private boolean dryRun;

    @Option(
            names = "--accept-clock",
            description = "The node's clock is right, although it has jumped.")
    private boolean acceptClock;

    RetentionRunCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        RetentionRun run;
        try (SheafClient client = Connection.open(cli, node)) {
            run =
                    client.retention()
                            .run(new RetentionOrder(Optional.of(dryRun), Optional.of(acceptClock)));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), run);
        } else {
            ErasureText.table(run.stores(), run.dryRun()).print(cli.terminal());
        }
        return run.stores().stream().anyMatch(store -> store.problem().isPresent())
                ? ExitCode.NEGATIVE.status()
                : ExitCode.OK.status();
    }
}
