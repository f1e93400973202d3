package dev.sheaf.node.governance;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.test.PolicyTests;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Why a set of policies is not taken, as callers are told.
final class PolicyProblems {
    private static final int SHOWN_MAX = 1_000;
    private static final int TRACE_LINES = 40;

    private PolicyProblems() {}

    /// INVALID_POLICY with each diagnostic among the details.
    static Problem of(PolicyFault fault) {
        List<Diagnostic> all =
                fault.diagnostics().stream()
                        .sorted(
                                Comparator.comparing((Diagnostic each) -> each.location().file())
                                        .thenComparingInt(each -> each.location().offset()))
                        .limit(SHOWN_MAX)
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
                report.tests().stream()
                        .filter(test -> !isFine(test.outcome()))
                        .limit(SHOWN_MAX)
                        .toList();
        return new Problem(
                ProblemCode.INVALID_POLICY,
                counted(failed.size(), "test")
                        + " of "
                        + report.tests().size()
                        + " did not pass; nothing has changed: "
                        + String.join(
                                ", ", failed.stream().map(PolicyTests.TestResult::name).toList()),
                Map.of("failedTests", failed.stream().map(PolicyProblems::entry).toList()),
                null);
    }

    private static Map<String, Object> entry(PolicyTests.TestResult test) {
        int hidden = Math.max(0, test.trace().size() - TRACE_LINES);
        return Map.of(
                "name", test.name(),
                "reason", reason(test.outcome()),
                "trace", test.trace().subList(hidden, test.trace().size()),
                "notes", test.notes());
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
