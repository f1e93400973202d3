package dev.sheaf.cli.access;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.GrantList;
import dev.sheaf.client.GrantQuery;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf access list`: who may read what, who asks to, and what became of it.
@Command(
        name = "list",
        description =
                "List grants and requests: yours, those of your domains' products; auditors see"
                        + " all.",
        footer = {
            "",
            "States: requested, approved, denied, revoked, expired. Newest first.",
            "",
            "Examples:",
            "  sheaf access list --state requested",
            "  sheaf access list --product customer.customers --subject team:care --json"
        })
final class AccessListCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(names = "--product", paramLabel = "PRODUCT", description = "Only of this product.")
    private @Nullable String product;

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Only for this user, or team:NAME.")
    private @Nullable String subject;

    @Option(names = "--state", paramLabel = "STATE", description = "Only in this state.")
    private @Nullable String state;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "GRANTS",
            defaultValue = "100",
            description = "How many (1 to 10000; default ${DEFAULT-VALUE}).")
    private int limit;

    AccessListCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        GrantQuery query =
                new GrantQuery(
                        Optional.ofNullable(product).map(ProductName::parse),
                        Optional.ofNullable(subject),
                        Optional.ofNullable(state).map(text -> text.toLowerCase(Locale.ROOT)),
                        limit);
        GrantList list;
        try (SheafClient client = Connection.open(cli, node)) {
            list = client.access().list(query);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return 0;
        }
        GrantText.table(list.grants()).print(cli.terminal());
        if (list.truncated()) {
            cli.terminal().out().flush();
            cli.terminal().err().println("there are more: --limit, or name a product or a state");
        }
        return 0;
    }
}
