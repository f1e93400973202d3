package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.diff.Change;
import dev.sheaf.contract.diff.ContractDiff;
import dev.sheaf.contract.diff.Impact;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf contract diff`.
@Command(
        name = "diff",
        description = "Show what changed between two versions of a contract, and for whom.",
        footer = {
            "",
            "breaking: consumers' queries can fail or mean something else; needs a new major"
                    + " version.",
            "forward:  consumers go on unchanged, producers must deliver more or stricter.",
            "backward: both go on unchanged; values or promises became wider.",
            "cosmetic: words.",
            "",
            "Exit status 1 when a change is breaking, 2 when a file is no contract.",
            "",
            "Example:",
            "  sheaf contract diff orders-v1.yaml orders-v2.yaml"
        })
public final class ContractDiffCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "OLD", description = "The contract as it was.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The contract as it is to be.")
    private String to = "";

    public ContractDiffCommand(Cli cli) {
        this.cli = cli;
    }

    /// The shape of `--json`.
    ///
    /// @param impact the gravest; absent when nothing changed
    /// @param versionMin the smallest version the new contract may carry, where that can be said
    record Answer(
            Optional<Impact> impact,
            boolean breaking,
            String fromVersion,
            String toVersion,
            String bump,
            Optional<String> versionMin,
            boolean versionSuffices,
            List<Change> changes) {}

    @Override
    public Integer call() {
        Optional<DataContract> old = read(from);
        Optional<DataContract> now = read(to);
        if (old.isEmpty() || now.isEmpty()) {
            return ExitCode.USAGE.status();
        }
        ContractDiff diff = ContractDiff.between(old.get(), now.get());
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), answer(diff));
        } else {
            print(diff);
        }
        return diff.breaking() ? ExitCode.NEGATIVE.status() : ExitCode.OK.status();
    }

    /// Status 1 says "breaking" here, so a file that is no contract must be something else.
    private Optional<DataContract> read(String place) {
        try {
            return Optional.of(ContractReader.read(new ContractFiles(cli).read(place)));
        } catch (dev.sheaf.kernel.Problem problem) {
            new dev.sheaf.cli.command.Failure(cli.terminal(), json.json()).report(problem);
            return Optional.empty();
        }
    }

    private static Answer answer(ContractDiff diff) {
        return new Answer(
                diff.impact(),
                diff.breaking(),
                diff.fromVersion(),
                diff.toVersion(),
                diff.bump().name().toLowerCase(Locale.ROOT),
                diff.versionMin().map(Object::toString),
                diff.versionSuffices(),
                diff.changes());
    }

    private void print(ContractDiff diff) {
        Palette palette = cli.terminal().outPalette();
        for (Change change : diff.changes()) {
            cli.terminal().out().println(title(palette, change));
            cli.terminal().out().println("           " + palette.dim(change.reason()));
        }
        cli.terminal().out().println(verdict(diff));
    }

    private static String title(Palette palette, Change change) {
        String impact = String.format("%-9s", change.impact().name().toLowerCase(Locale.ROOT));
        String colour =
                switch (change.impact()) {
                    case BREAKING -> palette.bad(impact);
                    case FORWARD -> palette.warning(impact);
                    case BACKWARD -> palette.accent(impact);
                    case COSMETIC -> palette.dim(impact);
                };
        String what = change.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String path = change.path().isEmpty() ? "contract" : change.path();
        return colour + "  " + palette.bold(path) + "  " + what + values(change);
    }

    private static String values(Change change) {
        if (change.from().isEmpty() && change.to().isEmpty()) {
            return "";
        }
        return ": " + shown(change.from()) + " -> " + shown(change.to());
    }

    private static String shown(Optional<String> value) {
        return value.map(dev.sheaf.contract.Finding::shown).orElse("(none)");
    }

    private static String verdict(ContractDiff diff) {
        if (diff.changes().isEmpty()) {
            return "no changes";
        }
        String needed =
                diff.versionMin()
                        .map(version -> "; version " + version + " or higher is needed")
                        .orElse("");
        return (diff.breaking() ? "breaking" : "compatible")
                + ": "
                + diff.changes().size()
                + (diff.changes().size() == 1 ? " change" : " changes")
                + needed
                + (diff.versionSuffices()
                        ? " (it is " + diff.toVersion() + ")"
                        : ", but it is " + diff.toVersion());
    }
}
