package dev.sheaf.cli.erasure;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ErasureClient;
import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureOrder;
import dev.sheaf.client.ErasureState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf erase`: a person's data in all stores of a node, for good.
@Command(
        name = "erase",
        description = "Erase a person's data in all products and context types, for good.",
        footer = {
            "",
            "Products say with sheaf.subject in their contract, and context types with 'subject',"
                    + " whose data they hold. Nothing",
            "brings it back, so the subject has to be written twice. What failed is listed, the"
                    + " exit status is then 1, and the",
            "same command goes on. The certificate is checked with 'sheaf audit verify'. Needs"
                    + " the scope data.erase.",
            "",
            "Examples:",
            "  sheaf erase --subject customer-4711 --dry-run",
            "  sheaf erase --subject customer-4711 --confirm customer-4711 --reason 'Request"
                    + " 2026-118.'"
        })
public final class EraseCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            required = true,
            description = "Whose data, as products and context types know the person.")
    private String subject = "";

    @Option(names = "--confirm", paramLabel = "SUBJECT", description = "The same once more.")
    private @Nullable String confirmed;

    @Option(
            names = "--product",
            paramLabel = "PRODUCT",
            description = "Only in this product; may be repeated.")
    private List<String> products = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only in this context type; may be repeated.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "For the record; must not name the person.")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "Only show what would go.")
    private boolean dryRun;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where the certificate is written (default: here).")
    private Path output = Path.of(".");

    /// @param cli what the command prints to
    public EraseCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!dryRun && !subject.equals(confirmed)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "--confirm does not say what --subject says; nothing was erased. --dry-run"
                            + " shows what would be");
        }
        ErasureOrder order =
                new ErasureOrder(
                        subject,
                        Optional.ofNullable(confirmed),
                        products,
                        types,
                        Optional.ofNullable(reason),
                        Optional.of(dryRun));
        ErasureInfo info;
        try (SheafClient client = Connection.open(cli, node)) {
            info = ended(client.erasures(), client.erasures().order(order));
        }
        ErasureText.keep(cli, info, output);
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), info);
        } else {
            ErasureText.print(cli, info);
        }
        return ErasureText.status(info);
    }

    private static ErasureInfo ended(ErasureClient client, ErasureInfo begun)
            throws InterruptedException {
        ErasureInfo info = begun;
        while (info.state() == ErasureState.RUNNING) {
            Thread.sleep(LOOK);
            info = client.erasure(info.id());
        }
        return info;
    }
}
