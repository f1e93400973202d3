package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf models`: lists models; its subcommands show and register them.
@Command(
        name = "models",
        description = "List AI models and what they were trained on; show and register them.",
        footer = {
            "",
            "Models of all regions that you may know of.",
            "",
            "Examples:",
            "  sheaf models",
            "  sheaf models show churn",
            "  sheaf models register churn --version 3 --domain sales --trained-on"
                    + " sales.orders.customer_id,customer.customers"
        })
public final class ModelsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    private ModelsCommand(Cli cli) {
        this.cli = cli;
    }

    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new ModelsCommand(cli))
                .addSubcommand(new ModelsRegisterCommand(cli))
                .addSubcommand(new ModelsShowCommand(cli));
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            ModelTable.print(cli, node, client.lineage().models());
        }
        return 0;
    }
}
