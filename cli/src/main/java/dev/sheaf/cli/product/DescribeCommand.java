package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ProductDetails;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf describe`: a product's contract, columns, release and health.
@Command(
        description = "Describe a product: columns, contract, current release, health.",
        footer = {"", "Examples:", "  sheaf describe sales.orders"})
public final class DescribeCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    public DescribeCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        ProductDetails details;
        try (SheafClient client = Connection.open(cli, node)) {
            details = client.product(name);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), details);
        } else {
            new ProductText(cli.terminal()).print(details);
        }
        return 0;
    }
}
