package dev.sheaf.cli.mesh;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ApplyResult;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.Plan;
import dev.sheaf.client.PlannedChange.Action;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.ProposalRequest;
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

/// `sheaf apply`: declares domains, products and contracts, all of them or none.
@Command(
        description = "Declare domains, products and contracts from manifests.",
        footer = {
            "",
            "All changes or none; what is applied is what was shown. A contract change that breaks"
                    + " consumers needs a",
            "new major version. Applying the same again changes nothing.",
            "",
            "Examples:",
            "  sheaf apply -f examples/mesh",
            "  sheaf apply -f contract.yaml --json",
            "  sheaf apply -f contract.yaml --propose --reason 'we need the currency'"
        })
public final class ApplyCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "PATH",
            required = true,
            description = "Folder or file with manifests (YAML or JSON); may be repeated.")
    private List<Path> places = new ArrayList<>();

    @Option(
            names = "--propose",
            description =
                    "Propose the files to the region that their domains are at home in, whose"
                            + " owners decide.")
    private boolean isProposal;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "With --propose: for those who decide.")
    private String reason = "";

    public ApplyCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<ManifestFile> files = ManifestFiles.read(cli.workingDirectory(), places);
        try (SheafClient client = Connection.open(cli, node)) {
            return isProposal ? propose(client, files) : apply(client, files);
        }
    }

    private int propose(SheafClient client, List<ManifestFile> files) {
        ProposalInfo proposal =
                client.registry()
                        .propose(
                                new ProposalRequest(
                                        files,
                                        Optional.of(reason).filter(text -> !text.isEmpty())));
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), proposal);
        } else {
            cli.terminal()
                    .out()
                    .println(
                            "Proposed to "
                                    + proposal.home()
                                    + " as "
                                    + proposal.id()
                                    + ". 'sheaf proposals show' tells what becomes of it.");
        }
        return ExitCode.OK.status();
    }

    private int apply(SheafClient client, List<ManifestFile> files) {
        Plan plan = client.plan(new Manifests(files, Optional.empty()));
        if (!node.json()) {
            cli.terminal().out().print(new PlanText(cli.terminal().outPalette()).text(plan));
        }
        if (!plan.applicable()) {
            if (node.json()) {
                JsonAnswer.print(cli.terminal(), plan);
            }
            return ExitCode.NEGATIVE.status();
        }
        boolean changes =
                plan.changes().stream().anyMatch(change -> change.action() != Action.UNCHANGED);
        if (!changes && !node.json()) {
            cli.terminal().out().println("Nothing to do.");
            return ExitCode.OK.status();
        }
        ApplyResult result = client.apply(new Manifests(files, Optional.of(plan.digest())));
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), result);
        } else {
            cli.terminal()
                    .out()
                    .println(
                            cli.terminal().outPalette().good("Applied.")
                                    + " The mesh is at revision "
                                    + result.revision()
                                    + ".");
        }
        return ExitCode.OK.status();
    }
}
