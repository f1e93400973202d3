package dev.sheaf.cli.mesh;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.Plan;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf plan`: what `sheaf apply` would change.
@Command(
        description = "Show what applying manifests would change.",
        footer = {
            "",
            "Changes nothing. Exit status 1 when the plan cannot be applied.",
            "",
            "Examples:",
            "  sheaf plan -f examples/mesh",
            "  sheaf plan -f mesh/sales -f mesh/customer.yaml --json"
        })
public final class PlanCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "PATH",
            required = true,
            description = "Folder or file with manifests (YAML or JSON); may be repeated.")
    private List<Path> places = new ArrayList<>();

    public PlanCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Manifests manifests =
                new Manifests(ManifestFiles.read(cli.workingDirectory(), places), Optional.empty());
        Plan plan = plan(manifests);
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), plan);
        } else {
            cli.terminal().out().print(new PlanText(cli.terminal().outPalette()).text(plan));
        }
        return plan.applicable() ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private Plan plan(Manifests manifests) {
        try (SheafClient client = Connection.open(cli, node)) {
            return client.plan(manifests);
        }
    }
}
