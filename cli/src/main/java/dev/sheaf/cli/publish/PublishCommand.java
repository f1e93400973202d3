package dev.sheaf.cli.publish;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProductName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf publish`: makes a release from files.
@Command(
        description = "Publish files to a product: check, quarantine, gate, release.",
        footer = {
            "",
            "CSV, JSON, NDJSON and Parquet, also compressed with gzip or zstd. Rows that break the"
                    + " contract go to quarantine; when",
            "the quality gate refuses, the last good release stays and the exit status is 1. The"
                    + " same file twice changes nothing.",
            "",
            "Examples:",
            "  sheaf publish sales.orders 2026-11-19.csv.gz",
            "  sheaf publish sales.orders landing/              every file in the folder",
            "  sheaf publish sales.orders s3://landing/orders/  the node fetches them",
            "  sheaf publish sales.orders day.csv --dry-run     the report without the release"
        })
public final class PublishCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product, domain.name.")
    private String product = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE|FOLDER|URI",
            description = "What to publish.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check everything, release nothing.")
    private boolean dryRun;

    @Option(
            names = "--detach",
            description =
                    "Return when the node has the files; 'sheaf runs RUN' says what became of"
                            + " them.")
    private boolean detach;

    public PublishCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProductName name = ProductName.parse(product);
        Inputs given = Inputs.of(cli.workingDirectory(), inputs);
        try (SheafClient client = Connection.open(cli, node)) {
            Publication publication = new Publication(client, cli.terminal(), node.json());
            RunInfo started = publication.start(name, given, dryRun);
            if (detach) {
                show(started);
                return 0;
            }
            RunInfo ended = publication.follow(started);
            show(ended);
            return RunText.exitCode(ended).status();
        }
    }

    private void show(RunInfo run) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), run);
        } else {
            new RunText(cli.terminal()).print(run);
        }
    }
}
