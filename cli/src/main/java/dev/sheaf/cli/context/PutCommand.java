package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `sheaf context put`: the document shall be this.
@Command(
        name = "put",
        description = "Write a whole document.",
        footer = {
            "",
            "What differs is assigned, what is not in it is removed, as far as the region has seen"
                    + " it.",
            "",
            "Examples:",
            "  echo '{\"status\": \"open\"}' | sheaf context put support.conversation c-17",
            "  sheaf context put agent.state team/a/7 --file state.json --if-absent"
        })
final class PutCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();
    @Mixin private final DocumentArguments document = new DocumentArguments();
    @Mixin private final WriteOptions options = new WriteOptions();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "The document as JSON; - for standard input, the default.")
    private String file = "";

    @Option(names = "--if-absent", description = "Only where there is no document.")
    private boolean ifAbsent;

    PutCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        byte[] json = Contents.read(cli, file);
        try (SheafClient client = Connection.open(cli, node)) {
            ReceiptText.print(
                    cli.terminal(),
                    purpose.contexts(client).put(document.key(), json, options.write(ifAbsent)),
                    node.json());
        }
        return 0;
    }
}
