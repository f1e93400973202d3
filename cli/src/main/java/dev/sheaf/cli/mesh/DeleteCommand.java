package dev.sheaf.cli.mesh;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.concurrent.Callable;

/// `sheaf delete`: removes a product with everything that was published to it.
@Command(
        description = "Remove a product with its releases and files.",
        footer = {
            "",
            "This cannot be undone; therefore it asks for the product's name twice.",
            "",
            "Examples:",
            "  sheaf delete sales.orders --confirm sales.orders"
        })
public final class DeleteCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    @Option(
            names = "--confirm",
            paramLabel = "PRODUCT",
            required = true,
            description = "The same name again.")
    private String confirmed = "";

    public DeleteCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        if (!product.equals(confirmed)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "'"
                            + product
                            + "' was to be deleted and '"
                            + confirmed
                            + "' confirmed: nothing was done. Write the same name twice");
        }
        try (SheafClient client = Connection.open(cli, node)) {
            client.deleteProduct(name);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), Map.of("deleted", name.toString()));
        } else {
            cli.terminal().out().println("Deleted " + name + ".");
        }
        return 0;
    }
}
