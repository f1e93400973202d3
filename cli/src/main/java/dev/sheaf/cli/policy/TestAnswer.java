package dev.sheaf.cli.policy;

import dev.sheaf.rego.test.Coverage;
import dev.sheaf.rego.test.PolicyTests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The shape of `sheaf policy test --json`.
///
/// @param passed whether every test passed or was skipped, and the threshold was reached
/// @param coverage if it was asked for
record TestAnswer(boolean passed, Counts counts, List<Test> tests, Optional<Reached> coverage) {
    /// How many tests ended how.
    record Counts(int passed, int failed, int errors, int skipped) {}

    /// @param outcome `passed`, `failed`, `error` or `skipped`
    /// @param reason of an error
    /// @param notes lines of `print`
    record Test(
            String name,
            String outcome,
            Optional<String> reason,
            long nanos,
            List<String> trace,
            List<String> notes) {}

    /// @param share from 0 to 1
    record Reached(double share, List<File> files) {}

    record File(String file, double share, List<Integer> covered, List<Integer> missed) {}

    static TestAnswer of(PolicyTests.Report report, boolean isCovered, boolean isReached) {
        return new TestAnswer(
                report.isPassed() && isReached,
                counts(report),
                report.tests().stream().map(TestAnswer::test).toList(),
                isCovered ? Optional.of(reached(report.coverage())) : Optional.empty());
    }

    static Counts counts(PolicyTests.Report report) {
        int passed = 0;
        int failed = 0;
        int errors = 0;
        int skipped = 0;
        for (PolicyTests.TestResult test : report.tests()) {
            switch (test.outcome()) {
                case PolicyTests.Outcome.Passed none -> passed++;
                case PolicyTests.Outcome.Failed none -> failed++;
                case PolicyTests.Outcome.Broken broken -> errors++;
                case PolicyTests.Outcome.Skipped none -> skipped++;
            }
        }
        return new Counts(passed, failed, errors, skipped);
    }

    private static Test test(PolicyTests.TestResult test) {
        String outcome =
                switch (test.outcome()) {
                    case PolicyTests.Outcome.Passed none -> "passed";
                    case PolicyTests.Outcome.Failed none -> "failed";
                    case PolicyTests.Outcome.Broken broken -> "error";
                    case PolicyTests.Outcome.Skipped none -> "skipped";
                };
        Optional<String> reason =
                test.outcome() instanceof PolicyTests.Outcome.Broken(String why)
                        ? Optional.of(why)
                        : Optional.empty();
        return new Test(test.name(), outcome, reason, test.nanos(), test.trace(), test.notes());
    }

    private static Reached reached(Coverage coverage) {
        List<File> files = new ArrayList<>();
        coverage.files()
                .forEach((name, file) ->
                        files.add(
                                new File(
                                        name,
                                        file.share(),
                                        list(file.covered()),
                                        list(file.missed()))));
        return new Reached(coverage.share(), files);
    }

    private static List<Integer> list(SortedSet<Integer> lines) {
        return List.copyOf(lines);
    }
}
