package dev.sheaf.cli.access;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf access request`: asks for access to a product.
@Command(
        name = "request",
        description = "Ask for access to a product; its owners decide.",
        footer = {
            "",
            "Once approved, statements that say the purpose, letter by letter, read the product.",
            "",
            "Examples:",
            "  sheaf access request customer.customers --purpose churn --until 2026-12-31",
            "  sheaf access request customer.customers --purpose letters --until 30d --clear --for"
                    + " team:care --reason 'They want paper.'"
        })
final class AccessRequestCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PRODUCT", description = "The product or context type, domain.name.")
    private String product = "";

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            required = true,
            description = "What its data is to be read for.")
    private String purpose = "";

    @Option(
            names = "--until",
            paramLabel = "DATE",
            required = true,
            description =
                    "The last day, an instant, or a time from now on (8h, 30d); at most 365 days.")
    private String until = "";

    @Option(
            names = "--for",
            paramLabel = "SUBJECT",
            description = "Who is to hold it: a user, or team:NAME. Default: you.")
    private @Nullable String subject;

    @Option(names = "--clear", description = "Personal data as it is; otherwise it is masked.")
    private boolean clear;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why you ask.")
    private @Nullable String reason;

    AccessRequestCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        GrantRequest request =
                new GrantRequest(
                        ProductName.parse(product).toString(),
                        purpose,
                        Optional.of(End.parse(until, Instant.now())),
                        Optional.empty(),
                        Optional.ofNullable(subject),
                        clear ? Optional.of(true) : Optional.empty(),
                        Optional.ofNullable(reason));
        GrantInfo grant;
        try (SheafClient client = Connection.open(cli, node)) {
            grant = client.access().request(request);
        }
        GrantText.print(cli, node, grant);
        return 0;
    }
}
