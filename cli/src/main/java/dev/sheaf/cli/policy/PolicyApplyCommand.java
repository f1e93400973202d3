package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.PolicyComparison;
import dev.sheaf.client.PolicyInForce;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// `sheaf policy apply`: brings a folder of policies into force at a node.
@Command(
        name = "apply",
        description = "Bring policies into force at a node.",
        footer = {
            "",
            "The folder takes the place of the whole set that is in force, together with the"
                    + " standard",
            "pack unless --without-standard-pack. A settings.yaml in it is laid over the pack's."
                    + " The",
            "node compiles everything and runs all tests; with a fault nothing has changed.",
            "--dry-run shows whose answers would change, of questions that were asked lately and"
                    + " of",
            "every product.",
            "",
            "Exit status 1 when the policies are not taken.",
            "",
            "Examples:",
            "  sheaf policy apply policies/ --dry-run",
            "  sheaf policy apply policies/ --reason \"Auditors see orders\"",
            "  sheaf policy apply own/ --without-standard-pack --expect 4"
        })
public final class PolicyApplyCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "DIR",
            description = "Modules (.rego), their tests, and data (.json, .yaml).")
    private String folder = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; for the history.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--with-standard-pack",
            description = "The standard pack belongs to it too; the default.")
    private boolean withPack;

    @Option(
            names = "--without-standard-pack",
            description = "Only what the folder holds; it has to say data.sheaf.decision.")
    private boolean withoutPack;

    @Option(
            names = "--expect",
            paramLabel = "REVISION",
            description = "Only when this revision is in force.")
    private @Nullable Long expected;

    @Option(
            names = "--v0",
            description =
                    "Read the Rego of before OPA 1: bodies without if, sets without contains.")
    private boolean old;

    public PolicyApplyCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        if (withPack && withoutPack) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "--with-standard-pack and --without-standard-pack contradict each other");
        }
        PolicyApply apply =
                new PolicyApply(
                        files(),
                        OptionalInt.of(old ? 0 : 1),
                        Optional.of(!withoutPack),
                        reason,
                        expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
        try (SheafClient client = Connection.open(cli, node)) {
            if (dryRun) {
                print(client.policies().compare(apply));
            } else {
                print(client.policies().apply(apply));
            }
        }
        return 0;
    }

    private Map<String, String> files() {
        PolicyFiles reading = new PolicyFiles(cli);
        Map<String, String> files = new TreeMap<>();
        for (PolicyFiles.Found found : reading.find(List.of(folder))) {
            StringBuilder path = new StringBuilder();
            found.folders().forEach(part -> path.append(part).append('/'));
            files.put(path.append(found.path().getFileName()).toString(), reading.text(found));
        }
        if (files.isEmpty()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there are no policies in '"
                            + folder
                            + "': files that end in .rego, .json, .yaml or .yml");
        }
        return files;
    }

    private void print(PolicyInForce now) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), now);
        } else {
            cli.terminal()
                    .out()
                    .println("revision " + now.revision() + " (" + now.digest() + ") is in force.");
        }
    }

    private void print(PolicyComparison comparison) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), comparison);
        } else {
            new ComparisonText(cli.terminal()).print(comparison);
        }
    }
}
