package dev.sheaf.node.governance;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.test.PolicyTests;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Why a set of policies is not taken, as callers are told.
final class PolicyProblems {
    private static final int DIAGNOSTICS_MAX = 500;
    private static final int TESTS_MAX = 100;
    private static final int TRACE_LINES = 20;
    private static final int LINE_CHARACTERS_MAX = 300;

    private PolicyProblems() {}

    /// INVALID_POLICY with each diagnostic among the details.
    static Problem of(PolicyFault fault) {
        List<Diagnostic> all =
                fault.diagnostics().stream()
                        .sorted(
                                Comparator.comparing((Diagnostic each) -> each.location().file())
                                        .thenComparingInt(each -> each.location().offset()))
                        .limit(DIAGNOSTICS_MAX)
                        .map(PolicyProblems::shortened)
                        .toList();
        return new Problem(
                ProblemCode.INVALID_POLICY,
                counted(fault.diagnostics().size(), "fault")
                        + " in the policies; nothing has changed\n"
                        + Diagnostic.render(all),
                Map.of("diagnostics", all.stream().map(PolicyProblems::entry).toList()),
                fault);
    }

    private static Map<String, Object> entry(Diagnostic each) {
        return Map.of(
                "code", each.code(),
                "message", each.message(),
                "file", each.location().file(),
                "line", each.location().line(),
                "column", each.location().column(),
                "hint", each.hint());
    }

    /// INVALID_POLICY with each test that did not pass among the details.
    static Problem of(PolicyTests.Report report) {
        List<PolicyTests.TestResult> failed =
                report.tests().stream().filter(test -> !isFine(test.outcome())).toList();
        List<PolicyTests.TestResult> shown = failed.subList(0, Math.min(failed.size(), TESTS_MAX));
        return new Problem(
                ProblemCode.INVALID_POLICY,
                counted(failed.size(), "test")
                        + " of "
                        + report.tests().size()
                        + " did not pass; nothing has changed: "
                        + String.join(
                                ", ", shown.stream().map(test -> shortened(test.name())).toList())
                        + (shown.size() < failed.size() ? ", …" : ""),
                Map.of("failedTests", shown.stream().map(PolicyProblems::entry).toList()),
                null);
    }

    /// Without lines that nobody could look through.
    private static Diagnostic shortened(Diagnostic each) {
        return new Diagnostic(
                each.code(),
                shortened(each.message()),
                each.location(),
                each.line().length() > LINE_CHARACTERS_MAX ? "" : shortened(each.line()),
                shortened(each.hint()));
    }

    /// Half characters become question marks.
    private static String shortened(String line) {
        String cut =
                line.length() > LINE_CHARACTERS_MAX
                        ? line.substring(0, LINE_CHARACTERS_MAX) + "…"
                        : line;
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - TRACE_LINES), lines.size()).stream()
                .map(PolicyProblems::shortened)
                .toList();
    }

    private static Map<String, Object> entry(PolicyTests.TestResult test) {
        return Map.of(
                "name", shortened(test.name()),
                "reason", shortened(reason(test.outcome())),
                "trace", last(test.trace()),
                "notes", last(test.notes()));
    }

    private static boolean isFine(PolicyTests.Outcome outcome) {
        return switch (outcome) {
            case PolicyTests.Outcome.Passed passed -> true;
            case PolicyTests.Outcome.Skipped skipped -> true;
            case PolicyTests.Outcome.Failed failed -> false;
            case PolicyTests.Outcome.Broken broken -> false;
        };
    }

    private static String reason(PolicyTests.Outcome outcome) {
        return switch (outcome) {
            case PolicyTests.Outcome.Passed passed -> "passed";
            case PolicyTests.Outcome.Skipped skipped -> "skipped";
            case PolicyTests.Outcome.Failed failed -> "it is not true";
            case PolicyTests.Outcome.Broken(String reason) -> reason;
        };
    }

    private static String counted(int count, String what) {
        return count == 1 ? "1 " + what : count + " " + what + "s";
    }
}
