package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf rollback`: makes an earlier release current again.
@Command(
        description = "Make an earlier release of a product current again.",
        footer = {
            "",
            "History stays: the release that was current can be made current again the same way.",
            "",
            "Examples:",
            "  sheaf rollback sales.orders --to 3"
        })
public final class RollbackCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            required = true,
            description = "The release's number, as 'sheaf releases' shows it.")
    private long release;

    public RollbackCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        ReleaseInfo current;
        try (SheafClient client = Connection.open(cli, node)) {
            current = client.rollback(name, release);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), current);
        } else {
            cli.terminal()
                    .out()
                    .println(
                            name
                                    + " is at release "
                                    + current.release()
                                    + (current.release() == release
                                            ? "."
                                            : ", which holds what release " + release + " held."));
        }
        return 0;
    }
}
