package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ContextClient;
import dev.sheaf.client.ContextReceipt;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `sheaf context patch`: changes places of a document.
@Command(
        name = "patch",
        description = "Change places of a document, all or none.",
        footer = {
            "",
            "Operations are those of RFC 6902, and increment and append.",
            "",
            "Examples:",
            "  echo '[{\"op\": \"increment\", \"path\": \"/turns\", \"value\": 1}]' |"
                    + " sheaf context patch agent.state a-1",
            "  echo '{\"status\": \"closed\"}' | sheaf context patch support.conversation c-17"
                    + " --merge"
        })
final class PatchCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();
    @Mixin private final DocumentArguments document = new DocumentArguments();
    @Mixin private final WriteOptions options = new WriteOptions();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "The patch as JSON; - for standard input, the default.")
    private String file = "";

    @Option(names = "--merge", description = "It is a merge patch (RFC 7396).")
    private boolean merge;

    PatchCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        byte[] json = Contents.read(cli, file);
        try (SheafClient client = Connection.open(cli, node)) {
            ContextClient contexts = purpose.contexts(client);
            ContextReceipt receipt =
                    merge
                            ? contexts.mergePatch(document.key(), json, options.write())
                            : contexts.patch(document.key(), json, options.write());
            ReceiptText.print(cli.terminal(), receipt, node.json());
        }
        return 0;
    }
}
