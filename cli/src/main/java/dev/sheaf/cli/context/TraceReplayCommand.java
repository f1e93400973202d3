package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.context.trace.Trace;
import dev.sheaf.context.trace.TraceReader;
import dev.sheaf.context.trace.TraceReplay;
import dev.sheaf.context.trace.TraceResult;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf trace replay`: whether our lists come to the text that the session ended with.
@Command(
        name = "replay",
        description = "Replay an editing session and compare the text it comes to.",
        footer = {
            "",
            "Takes the formats of github.com/josephg/editing-traces, sequential and concurrent,"
                    + " plain or gzipped.",
            "Exit status 1 when the text differs; the first difference is shown.",
            "",
            "Examples:",
            "  sheaf trace replay automerge-paper.json.gz",
            "  sheaf trace replay - --json < session.json"
        })
final class TraceReplayCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "FILE", description = "The session; - for standard input.")
    private String file = "";

    TraceReplayCommand(Cli cli) {
        this.cli = cli;
    }

    /// @param eventBytes of all changes, encoded
    /// @param sequenceBytes of the final list, encoded
    /// @param length of the text in code points
    /// @param replayMillis without reading the file
    private record Report(
            boolean matches,
            boolean concurrent,
            int transactions,
            int patches,
            long eventBytes,
            long sequenceBytes,
            int length,
            long replayMillis,
            Optional<TraceResult.Difference> difference) {}

    @Override
    public Integer call() {
        Trace trace;
        try (InputStream in = Contents.open(cli, file)) {
            trace = TraceReader.read(in);
        } catch (IOException e) {
            throw Contents.unreadable(file, e);
        }
        long beganNanos = System.nanoTime();
        TraceReplay replay = TraceReplay.of(trace);
        long replayMillis = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis();
        TraceResult result = replay.result();
        Report report =
                new Report(
                        result.matches(),
                        result.concurrent(),
                        result.transactionCount(),
                        result.patchCount(),
                        result.eventBytes(),
                        result.sequenceBytes(),
                        result.length(),
                        replayMillis,
                        result.difference());
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), report);
        } else {
            print(report);
        }
        return (report.matches() ? ExitCode.OK : ExitCode.NEGATIVE).status();
    }

    private void print(Report report) {
        Palette palette = cli.terminal().outPalette();
        cli.terminal()
                .out()
                .println(
                        (report.matches()
                                        ? palette.good("the text matches")
                                        : palette.bad("the text differs"))
                                + ": "
                                + Shown.count(report.length(), "character")
                                + " from "
                                + Shown.count(report.transactions(), "transaction")
                                + " ("
                                + (report.concurrent() ? "concurrent" : "sequential")
                                + ", "
                                + Shown.count(report.patches())
                                + " patches) in "
                                + Shown.duration(Duration.ofMillis(report.replayMillis())));
        cli.terminal()
                .out()
                .println(
                        "changes "
                                + new ByteSize(report.eventBytes())
                                + ", final list "
                                + new ByteSize(report.sequenceBytes()));
        report.difference()
                .ifPresent(difference -> {
                    cli.terminal().out().println("at character " + Shown.count(difference.index()));
                    cli.terminal()
                            .out()
                            .println("  expected " + Glyphs.harmless(difference.expected()));
                    cli.terminal()
                            .out()
                            .println("  got      " + Glyphs.harmless(difference.actual()));
                });
    }
}
