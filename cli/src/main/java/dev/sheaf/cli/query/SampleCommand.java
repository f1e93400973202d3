package dev.sheaf.cli.query;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf sample`: some rows of a product.
@Command(
        description = "Show some rows of a product.",
        footer = {
            "",
            "Examples:",
            "  sheaf sample sales.orders",
            "  sheaf sample sales.orders --rows 50 --json"
        })
public final class SampleCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "ROWS",
            defaultValue = "10",
            description = "How many (1 to 1000; default ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "What the data is read for, as your grant names it.")
    private @Nullable String purpose;

    public SampleCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        ResultTable result;
        try (SheafClient client = Connection.open(cli, node)) {
            result = client.sample(name, rows, Optional.ofNullable(purpose));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), result);
        } else {
            ResultText.table(result).print(cli.terminal());
        }
        return 0;
    }
}
