package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.contract.Checked;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.Finding;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf contract validate`.
@Command(
        name = "validate",
        description =
                "Check contracts (ODCS) and products (ODPS) against the version they declare.",
        footer = {
            "",
            "Exit status 0 when all are valid, 1 when one is not, 2 when one cannot be read.",
            "In folders, documents of other kinds are passed over.",
            "",
            "Examples:",
            "  sheaf contract validate orders.odcs.yaml",
            "  sheaf contract validate mesh/ --json",
            "  cat orders.odcs.yaml | sheaf contract validate -"
        })
public final class ContractValidateCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Option(names = "--quiet", description = "Show errors only, no warnings.")
    private boolean quiet;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files, folders, or - for standard input.")
    private List<String> places = new ArrayList<>();

    public ContractValidateCommand(Cli cli) {
        this.cli = cli;
    }

    /// The shape of `--json`.
    ///
    /// @param passedOver documents of other kinds in folders
    record Answer(
            boolean valid,
            int checked,
            int invalid,
            int passedOver,
            int unreadable,
            int errors,
            int warnings,
            List<Document> documents) {}

    /// @param standard `odcs` or `odps`; absent when it is of neither
    record Document(
            String file,
            boolean valid,
            Optional<String> standard,
            Optional<String> apiVersion,
            List<Entry> findings) {}

    record Entry(
            String severity,
            int line,
            int column,
            String pointer,
            String keyword,
            String message) {}

    @Override
    public Integer call() {
        ContractFiles files = new ContractFiles(cli);
        List<Checked> checked = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        int passedOver = 0;
        for (ContractFiles.Found found : files.find(places)) {
            Checked result;
            try {
                result = ContractReader.check(files.read(found));
            } catch (Problem problem) {
                unreadable.add(problem.message());
                continue;
            }
            boolean foreign = result.standard().isEmpty() && result.root().isPresent();
            if (foreign && !found.named()) {
                passedOver++;
            } else {
                checked.add(result);
            }
        }
        int invalid = (int) checked.stream().filter(result -> !result.valid()).count();
        report(checked, invalid, passedOver, unreadable);
        if (!unreadable.isEmpty()) {
            return ExitCode.USAGE.status();
        }
        return invalid == 0 ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private void report(
            List<Checked> checked, int invalid, int passedOver, List<String> unreadable) {
        unreadable.forEach(message -> cli.terminal().err().println("error: " + message));
        int errors = checked.stream().mapToInt(result -> result.errors().size()).sum();
        int warnings = checked.stream().mapToInt(result -> result.warnings().size()).sum();
        if (json.json()) {
            JsonAnswer.print(
                    cli.terminal(),
                    new Answer(
                            invalid == 0 && unreadable.isEmpty(),
                            checked.size(),
                            invalid,
                            passedOver,
                            unreadable.size(),
                            errors,
                            warnings,
                            checked.stream().map(this::document).toList()));
            return;
        }
        Palette palette = cli.terminal().outPalette();
        for (Checked result : checked) {
            for (Finding finding : shown(result)) {
                cli.terminal().out().println(result.source().name() + ":" + line(palette, finding));
            }
        }
        cli.terminal()
                .out()
                .println(summary(checked.size(), invalid, errors, warnings, passedOver));
    }

    private static String line(Palette palette, Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        boolean error = finding.severity() == Finding.Severity.ERROR;
        String place = finding.pointer().isEmpty() ? "" : " at " + finding.pointer();
        return finding.at()
                + ": "
                + (error ? palette.bad(severity) : palette.warning(severity))
                + ": "
                + finding.message()
                + palette.dim(" [" + finding.keyword() + place + "]");
    }

    private static String summary(
            int checked, int invalid, int errors, int warnings, int passedOver) {
        String text =
                count(checked, "document")
                        + ": "
                        + (checked - invalid)
                        + " valid, "
                        + invalid
                        + " invalid; "
                        + count(errors, "error")
                        + ", "
                        + count(warnings, "warning");
        return passedOver == 0 ? text : text + "; " + passedOver + " of other kinds passed over";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private List<Finding> shown(Checked result) {
        return quiet ? result.errors() : result.findings();
    }

    private Document document(Checked result) {
        return new Document(
                result.source().name(),
                result.valid(),
                result.standard().map(standard -> standard.name().toLowerCase(Locale.ROOT)),
                result.apiVersion(),
                shown(result).stream().map(ContractValidateCommand::entry).toList());
    }

    private static Entry entry(Finding finding) {
        return new Entry(
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.at().line(),
                finding.at().column(),
                finding.pointer(),
                finding.keyword(),
                finding.message());
    }
}
