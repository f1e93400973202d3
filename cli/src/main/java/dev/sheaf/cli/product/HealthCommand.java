package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.publish.RunText;
import dev.sheaf.client.ProductHealth;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.ProductName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf health`: whether a product keeps its promises, and its last quality report.
@Command(
        description = "Show a product's freshness, error rate and last quality report.",
        footer = {
            "",
            "Exit status 1 unless the product is healthy, so that a script can wait or alarm.",
            "",
            "Examples:",
            "  sheaf health sales.orders",
            "  sheaf health sales.orders --json"
        })
public final class HealthCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    public HealthCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        ProductHealth health;
        try (SheafClient client = Connection.open(cli, node)) {
            health = client.health(name);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), health);
        } else {
            cli.terminal().out().println(cli.terminal().outPalette().bold(name.toString()));
            new ProductText(cli.terminal()).printHealth(health);
            health.lastRun()
                    .ifPresent(run -> {
                        cli.terminal().out().println();
                        new RunText(cli.terminal()).print(run);
                    });
        }
        return health.status() == ProductHealth.Status.HEALTHY
                ? ExitCode.OK.status()
                : ExitCode.NEGATIVE.status();
    }
}
