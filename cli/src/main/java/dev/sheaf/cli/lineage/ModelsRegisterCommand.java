package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ModelInfo;
import dev.sheaf.client.ModelList;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf models register`: tells what a model's version was trained on.
@Command(
        name = "register",
        description = "Register a model's version with the products it was trained on.",
        footer = {
            "",
            "Registered again, a version is trained on what was said last. Needs the scope"
                    + " lineage.write and the model's domain.",
            "",
            "Example:",
            "  sheaf models register churn --version 3 --domain sales --trained-on"
                    + " sales.orders.customer_id,customer.customers"
        })
final class ModelsRegisterCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "NAME", description = "The model's name, without a slash.")
    private String name = "";

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            required = true,
            description = "Its version.")
    private String version = "";

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            required = true,
            description = "Whose model it is.")
    private String domain = "";

    @Option(
            names = "--trained-on",
            paramLabel = "PRODUCT[.COLUMN]",
            required = true,
            split = ",",
            description = "What it was trained on; may be repeated.")
    private List<String> trainedOn = new ArrayList<>();

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "A tag; may be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    ModelsRegisterCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ModelInfo made;
        try (SheafClient client = Connection.open(cli, node)) {
            made =
                    client.lineage()
                            .register(
                                    new ModelRequest(
                                            name,
                                            version,
                                            domain,
                                            Optional.ofNullable(description),
                                            trainedOn,
                                            tags));
        }
        ModelTable.print(cli, node, new ModelList(List.of(made)));
        return 0;
    }
}
