package dev.sheaf.cli.publish;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.kernel.ExitCode;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A publish and what became of it, for people: a summary table, the quality report, and why it was
/// refused.
public final class RunText {
    private final Terminal terminal;
    private final Palette palette;

    public RunText(Terminal terminal) {
        this.terminal = terminal;
        this.palette = terminal.outPalette();
    }

    /// What a command ends with when the run ended so.
    public static ExitCode exitCode(RunInfo run) {
        return switch (run.state()) {
            case COMMITTED, UNCHANGED, CHECKED, WAITING, RUNNING -> ExitCode.OK;
            case REFUSED -> ExitCode.NEGATIVE;
            case CANCELLED -> ExitCode.CANCELLED;
            case FAILED ->
                    run.problem()
                            .map(problem -> problem.toProblem().code().exitCode())
                            .orElse(ExitCode.INTERNAL);
        };
    }

    public void print(RunInfo run) {
        summary(run).print(terminal);
        run.report().ifPresent(this::report);
        run.problem().map(ProblemBody::detail).ifPresent(reason -> reason(run, reason));
        if (run.problem().isEmpty()) {
            run.message()
                    .ifPresent(message -> terminal.out().println(Glyphs.harmlessLines(message)));
        }
        if (run.rowsQuarantined() > 0) {
            terminal.out()
                    .println(
                            palette.dim("rejected rows and reasons: sheaf quarantine " + run.id()));
        }
    }

    private void report(Map<String, Object> report) {
        for (Table table :
                List.of(
                        ReportTable.violations(report),
                        ReportTable.rules(report),
                        ReportTable.proposals(report))) {
            if (table.size() > 0) {
                table.print(terminal);
            }
        }
    }

    private void reason(RunInfo run, String reason) {
        String word = run.state() == RunState.REFUSED ? "refused:" : "why:";
        terminal.out().println(palette.bad(word) + " " + Glyphs.harmlessLines(reason));
    }

    private Table summary(RunInfo run) {
        Table table =
                Table.of(
                        Column.text("product"),
                        Column.text("outcome"),
                        Column.number("release"),
                        Column.number("files"),
                        Column.number("rows in"),
                        Column.number("published"),
                        Column.number("quarantined"),
                        Column.number("score"),
                        Column.number("took"));
        return table.row(
                Cell.of(run.product()),
                outcome(run.state()),
                run.release().isPresent() ? Cell.of(run.release().getAsLong()) : new Cell.Text(""),
                Cell.of(run.inputs().size()),
                Cell.of(Shown.count(run.rowsIn())),
                Cell.of(Shown.count(run.rowsPublished())),
                run.rowsQuarantined() > 0
                        ? new Cell.Toned(Shown.count(run.rowsQuarantined()), Cell.Tone.WARNING)
                        : Cell.of("0"),
                run.score().isPresent()
                        ? Cell.of(Shown.score(run.score().getAsDouble()))
                        : new Cell.Text(""),
                Cell.of(
                        run.finishedAt()
                                .map(end -> Shown.duration(Duration.between(run.startedAt(), end)))
                                .orElse("")));
    }

    private static Cell outcome(RunState state) {
        String word = state.name().toLowerCase(java.util.Locale.ROOT);
        return switch (state) {
            case COMMITTED, CHECKED -> new Cell.Toned(word, Cell.Tone.GOOD);
            case WAITING, RUNNING, UNCHANGED -> new Cell.Toned(word, Cell.Tone.FAINT);
            case REFUSED, FAILED -> new Cell.Toned(word, Cell.Tone.BAD);
            case CANCELLED -> new Cell.Toned(word, Cell.Tone.WARNING);
        };
    }
}
