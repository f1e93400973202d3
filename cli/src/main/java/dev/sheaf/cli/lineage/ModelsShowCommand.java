package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf models show`: the versions of a model.
@Command(name = "show", description = "Show the versions of a model.")
final class ModelsShowCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    ModelsShowCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            ModelTable.print(cli, node, client.lineage().model(name));
        }
        return 0;
    }
}
