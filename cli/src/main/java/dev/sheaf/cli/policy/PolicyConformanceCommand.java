package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf policy conformance`.
@Command(
        name = "conformance",
        description = "Hold this Rego against published cases of OPA's compliance suite.",
        footer = {
            "",
            "Reads every .json, .yaml and .yml below the folder that holds \"cases\"; documents of",
            "other kinds are passed over. A case that crashes, and a file that cannot be read, is",
            "a failure. All capabilities are granted, but there is no network.",
            "",
            "Exit status 0 when none fails, 1 when one does, 2 when there are no cases.",
            "",
            "Examples:",
            "  sheaf policy conformance cases/",
            "  sheaf policy conformance cases/ --json"
        })
public final class PolicyConformanceCommand implements Callable<Integer> {
    private static final int DIFFERENCE_MAX = 2_000;

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "DIR", description = "The folder, or one file.")
    private String place = "";

    public PolicyConformanceCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        PolicyFiles files = new PolicyFiles(cli);
        List<CaseFile> read = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        for (PolicyFiles.Found found : files.find(List.of(place))) {
            if (found.kind() == PolicyFiles.Kind.POLICY) {
                continue;
            }
            CaseFile file = CaseFile.read(files, found);
            read.add(file);
            if (file instanceof CaseFile.Other other) {
                passedOver.add(other.shown());
            }
        }
        List<ConformanceSeries.Ended> ended = new ConformanceSeries().run(read);
        if (ended.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "there are no cases in '"
                            + place
                            + "': JSON or YAML files with a list under \"cases\" are expected");
        }
        ConformanceAnswer answer =
                ConformanceAnswer.of(
                        ended, passedOver, Duration.ofNanos(System.nanoTime() - began).toMillis());
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), answer);
        } else {
            print(answer);
        }
        return answer.failed() == 0 ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private void print(ConformanceAnswer answer) {
        PrintStream out = cli.terminal().out();
        Palette palette = cli.terminal().outPalette();
        Table table =
                Table.of(
                        Table.Column.text("file"),
                        Table.Column.number("passed"),
                        Table.Column.number("failed"),
                        Table.Column.number("skipped"));
        for (ConformanceAnswer.FileCounts file : answer.files()) {
            table.row(
                    Cell.of(file.file()),
                    Cell.of(file.passed()),
                    file.failed() == 0
                            ? Cell.of(0)
                            : new Cell.Toned(String.valueOf(file.failed()), Cell.Tone.BAD),
                    Cell.of(file.skipped()));
        }
        table.print(cli.terminal());
        for (ConformanceAnswer.Skip skip : answer.skips()) {
            out.println(palette.dim("skip") + " " + title(skip.file(), skip.note()));
            out.println("     " + Glyphs.harmless(skip.reason()));
        }
        for (ConformanceAnswer.Failure failure : answer.failures()) {
            out.println(palette.bad("FAIL") + " " + title(failure.file(), failure.note()));
            shortened(failure.difference())
                    .lines()
                    .forEach(line -> out.println("     " + Glyphs.harmless(line)));
        }
        answer.passedOver()
                .forEach(file -> out.println("passed over, holds no cases: " + title(file, "")));
        out.println(
                Shown.count(answer.cases(), "case")
                        + " in "
                        + Shown.count(answer.files().size(), "file")
                        + ": "
                        + Shown.count(answer.passed())
                        + " passed, "
                        + Shown.count(answer.failed())
                        + " failed, "
                        + Shown.count(answer.skipped())
                        + " skipped; "
                        + Shown.duration(Duration.ofMillis(answer.millis())));
    }

    private static String title(String file, String note) {
        return Glyphs.harmless(note.isEmpty() ? file : file + ": " + note);
    }

    private static String shortened(String difference) {
        return difference.length() <= DIFFERENCE_MAX
                ? difference
                : difference.substring(0, DIFFERENCE_MAX) + "… (as JSON it is whole)";
    }
}
