package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf policy check`.
@Command(
        name = "check",
        description = "Parse and compile policies, and show everything that is wrong.",
        footer = {
            "",
            "In folders, what is no policy is passed over. All policies are compiled together.",
            "",
            "Exit status 0 when nothing is wrong, 1 when something is, 2 when a file cannot be"
                    + " read.",
            "",
            "Examples:",
            "  sheaf policy check policies/",
            "  sheaf policy check --v0 --strict retention.rego --json"
        })
public final class PolicyCheckCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final DialectOptions dialect = new DialectOptions();

    @Option(
            names = "--strict",
            description =
                    "What works and is likely a mistake is wrong too: unused variables and"
                            + " imports, functions of old.")
    private boolean strict;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Policies or folders of them.")
    private List<String> places = new ArrayList<>();

    public PolicyCheckCommand(Cli cli) {
        this.cli = cli;
    }

    /// The shape of `--json`.
    ///
    /// @param checked how many files
    record Answer(boolean valid, int checked, List<PolicyProblems.Entry> diagnostics) {}

    @Override
    public Integer call() {
        PolicyFiles files = new PolicyFiles(cli);
        List<Module> modules = new ArrayList<>();
        List<Diagnostic> faults = new ArrayList<>();
        int checked = 0;
        for (PolicyFiles.Found found : files.find(places)) {
            if (found.kind() == PolicyFiles.Kind.POLICY) {
                checked++;
                PolicySources.parse(files, found, dialect.version(), modules, faults);
            } else if (found.isNamed()) {
                throw noPolicy("'" + found.shown() + "' is no policy: its name ends in .rego");
            }
        }
        if (checked == 0) {
            throw noPolicy("there are no policies (.rego) in " + String.join(", ", places));
        }
        if (faults.isEmpty()) {
            compile(modules, faults);
        }
        report(checked, PolicyProblems.sorted(faults));
        return faults.isEmpty() ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private static Problem noPolicy(String message) {
        return new Problem(ProblemCode.INVALID_VALUE, message);
    }

    private void compile(List<Module> modules, List<Diagnostic> faults) {
        CompileOptions options = dialect.compile();
        try {
            Policies.compile(modules, strict ? options.strict() : options);
        } catch (PolicyFault fault) {
            faults.addAll(fault.diagnostics());
        }
    }

    private void report(int checked, List<Diagnostic> faults) {
        if (json.json()) {
            JsonAnswer.print(
                    cli.terminal(),
                    new Answer(
                            faults.isEmpty(),
                            checked,
                            faults.stream().map(PolicyProblems.Entry::of).toList()));
            return;
        }
        for (Diagnostic each : faults) {
            cli.terminal().out().println(Glyphs.harmlessLines(each.toString()));
        }
        cli.terminal()
                .out()
                .println(
                        Shown.count(checked, "file")
                                + ": "
                                + (faults.isEmpty()
                                        ? "nothing wrong"
                                        : Shown.count(faults.size(), "fault")));
    }
}
