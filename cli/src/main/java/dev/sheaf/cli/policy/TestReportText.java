package dev.sheaf.cli.policy;

import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.rego.test.PolicyTests;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// What came of tests, for people: a line for each, and what helps with those that failed.
final class TestReportText {
    private static final int TRACE_LINES = 20;
    private static final double MILLISECOND_NANOS = 1e6;

    private final Terminal terminal;
    private final boolean verbose;

    TestReportText(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    void print(PolicyTests.Report report) {
        long nanos = 0;
        for (PolicyTests.TestResult test : report.tests()) {
            print(test);
            nanos += test.nanos();
        }
        TestAnswer.Counts counts = TestAnswer.counts(report);
        terminal.out()
                .println(
                        Shown.count(report.tests().size(), "test")
                                + " in "
                                + time(nanos)
                                + ": "
                                + counts.passed()
                                + " passed, "
                                + counts.failed()
                                + " failed, "
                                + counts.errors()
                                + " in error, "
                                + counts.skipped()
                                + " skipped");
    }

    private void print(PolicyTests.TestResult test) {
        Palette palette = terminal.outPalette();
        PrintStream out = terminal.out();
        String word =
                switch (test.outcome()) {
                    case PolicyTests.Outcome.Passed none -> palette.good("pass ");
                    case PolicyTests.Outcome.Failed none -> palette.bad("FAIL ");
                    case PolicyTests.Outcome.Broken broken -> palette.bad("ERROR");
                    case PolicyTests.Outcome.Skipped none -> palette.dim("skip ");
                };
        boolean isSkipped = test.outcome() instanceof PolicyTests.Outcome.Skipped;
        out.println(
                word
                        + " "
                        + Glyphs.harmless(test.name())
                        + (isSkipped ? "" : palette.dim(" (" + time(test.nanos()) + ")")));
        if (test.outcome() instanceof PolicyTests.Outcome.Broken(String reason)) {
            indented(Glyphs.harmlessLines(reason));
        }
        boolean isPassed = test.outcome() instanceof PolicyTests.Outcome.Passed;
        if (!isPassed || verbose) {
            test.notes().forEach(note -> indented("print: " + Glyphs.harmless(note)));
        }
        trace(test.trace());
    }

    private void trace(List<String> trace) {
        int hidden = verbose ? 0 : Math.max(0, trace.size() - TRACE_LINES);
        if (hidden > 0) {
            indented("… " + Shown.count(hidden, "line") + " before; --verbose shows all");
        }
        trace.subList(hidden, trace.size()).forEach(line -> indented(Glyphs.harmless(line)));
    }

    private void indented(String lines) {
        lines.lines().forEach(line -> terminal.out().println("      " + line));
    }

    private static String time(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / MILLISECOND_NANOS);
    }
}
