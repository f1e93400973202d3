package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.format.Formatter;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf policy fmt`.
@Command(
        name = "fmt",
        description = "Write policies in their usual form.",
        footer = {
            "",
            "Without --write, --check or --diff the formatted text goes to standard output.",
            "A file that cannot be parsed is left as it is, and the others are still formatted.",
            "",
            "Exit status 0, or 1 when --check or --diff find something to change or a file cannot",
            "be parsed.",
            "",
            "Examples:",
            "  sheaf policy fmt --check policies/",
            "  sheaf policy fmt --write --to-v1 old.rego",
            "  sheaf policy fmt - < access.rego"
        })
public final class PolicyFormatCommand implements Callable<Integer> {
    private final Cli cli;

    @Option(names = "--v0", description = "Read and write the Rego of before OPA 1.")
    private boolean old;

    @Option(names = "--to-v1", description = "Read the Rego of before OPA 1, write that of OPA 1.")
    private boolean upgrade;

    @ArgGroup private Aim aim = new Aim();

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Policies or folders of them, or - for standard input.")
    private List<String> places = new ArrayList<>();

    /// What is done with what changes.
    static final class Aim {
        @Option(names = "--write", description = "Write what changes into its file.")
        private boolean write;

        @Option(names = "--check", description = "Name the files that would change.")
        private boolean check;

        @Option(names = "--diff", description = "Show what would change.")
        private boolean diff;
    }

    public PolicyFormatCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        boolean isGood = true;
        if (places.contains(PolicyFiles.STANDARD_INPUT)) {
            if (places.size() > 1 || aim.write) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "standard input is formatted alone, and cannot be written to: leave other"
                                + " paths and --write away");
            }
            String text = new PolicyFiles(cli).text(PolicyFiles.STANDARD_INPUT);
            return status(format("standard input", text, Optional.empty()));
        }
        PolicyFiles files = new PolicyFiles(cli);
        int count = 0;
        for (PolicyFiles.Found found : files.find(places)) {
            if (found.kind() == PolicyFiles.Kind.POLICY) {
                count++;
                isGood &= format(found.shown(), files.text(found), Optional.of(found));
            } else if (found.isNamed()) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "'" + found.shown() + "' is no policy: its name ends in .rego");
            }
        }
        if (count == 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "there are no policies (.rego) in " + String.join(", ", places));
        }
        return status(isGood);
    }

    private static int status(boolean isGood) {
        return isGood ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    /// @return false when it cannot be parsed, or was to be checked and is not formatted
    private boolean format(String shown, String text, Optional<PolicyFiles.Found> file) {
        Terminal terminal = cli.terminal();
        String formatted;
        try {
            formatted = formatted(shown, text);
        } catch (PolicyFault fault) {
            terminal.out().flush();
            terminal.err().println(Glyphs.harmlessLines(Diagnostic.render(fault.diagnostics())));
            return false;
        }
        boolean isSame = text.equals(formatted);
        if (aim.check) {
            if (!isSame) {
                terminal.out().println(Glyphs.harmless(shown));
            }
            return isSame;
        } else if (aim.diff) {
            UnifiedDiff.lines(shown, text, formatted, terminal.outPalette())
                    .forEach(terminal.out()::println);
            return isSame;
        } else if (aim.write) {
            if (!isSame && file.isPresent()) {
                PolicyFiles.write(
                        file.get().path(), shown, formatted.getBytes(StandardCharsets.UTF_8));
                terminal.out().println("formatted " + Glyphs.harmless(shown));
            }
        } else {
            terminal.out().print(formatted);
        }
        return true;
    }

    private String formatted(String shown, String text) {
        RegoVersion from = old || upgrade ? RegoVersion.V0 : RegoVersion.V1;
        RegoVersion target = old && !upgrade ? RegoVersion.V0 : RegoVersion.V1;
        Module module = Parser.module(shown, text, from);
        String formatted = Formatter.format(module, target);
        try {
            Parser.module(shown, formatted, target);
        } catch (PolicyFault fault) {
            throw new Problem(
                    ProblemCode.INTERNAL,
                    "a fault of sheaf itself: the formatted text of '"
                            + shown
                            + "' cannot be read again, so it was left as it is. Please report it"
                            + " with the file",
                    fault);
        }
        return formatted;
    }
}
