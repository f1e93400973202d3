package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.kernel.ExitCode;

import java.util.List;

/// What verifying a log has come to.
///
/// @param log its origin
/// @param key with which it was verified
/// @param size how many entries were seen; online, how many the node says there are
/// @param signedSize how many of them a trusted checkpoint covers
/// @param remarks what the officer should know beside
record Verdict(
        String log,
        String key,
        boolean isIntact,
        long size,
        long signedSize,
        List<Flaw> findings,
        List<String> remarks) {
    Verdict {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    static boolean isIntact(List<Flaw> findings) {
        return findings.stream().allMatch(Flaw::isHarmless);
    }

    /// @return the exit status: 1 when the log is not intact
    int print(Cli cli, boolean json) {
        if (json) {
            JsonAnswer.print(cli.terminal(), this);
        } else {
            String state = isIntact ? "is intact" : "is NOT what was signed";
            cli.terminal()
                    .out()
                    .println(
                            Glyphs.harmless(
                                    log
                                            + " "
                                            + state
                                            + ": "
                                            + Shown.count(size)
                                            + (size == 1 ? " entry, " : " entries, ")
                                            + Shown.count(signedSize)
                                            + " of them covered by a signed checkpoint"));
            if (!findings.isEmpty()) {
                table().print(cli.terminal());
            }
            cli.terminal().out().flush();
            remarks.forEach(remark -> cli.terminal().err().println(Glyphs.harmlessLines(remark)));
        }
        return (isIntact ? ExitCode.OK : ExitCode.NEGATIVE).status();
    }

    private Table table() {
        Table table =
                Table.of(
                        Column.text("finding"),
                        Column.number("entry"),
                        Column.number("entries"),
                        Column.text("where"),
                        Column.text("what"));
        for (Flaw flaw : findings) {
            table.row(
                    new Cell.Toned(
                            flaw.kind(), flaw.isHarmless() ? Cell.Tone.FAINT : Cell.Tone.BAD),
                    Cell.of(flaw.entry()),
                    Cell.of(flaw.entries()),
                    Cell.of(flaw.place().orElse("")),
                    Cell.of(flaw.message()));
        }
        return table;
    }
}
