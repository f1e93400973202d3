package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf context delete`: removes what the region has seen.
@Command(
        name = "delete",
        description = "Remove a document; what other regions write meanwhile stays.",
        footer = {"", "Examples:", "  sheaf context delete agent.state a-1"})
final class DeleteCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();
    @Mixin private final DocumentArguments document = new DocumentArguments();
    @Mixin private final WriteOptions options = new WriteOptions();

    DeleteCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            ReceiptText.print(
                    cli.terminal(),
                    purpose.contexts(client).delete(document.key(), options.write()),
                    node.json());
        }
        return 0;
    }
}
