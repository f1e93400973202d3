package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.test.PolicyTests;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf policy test`.
@Command(
        name = "test",
        description = "Run the tests of policies, and show which lines they reach.",
        footer = {
            "",
            "A test is a rule whose name begins with test_; it passes when it is true. One that",
            "begins with todo_test_ is skipped. Failures come with the last lines of their trace.",
            "Coverage is of the files that hold no tests.",
            "",
            "Exit status 0 when every test passes, 1 when one does not or coverage is below the",
            "threshold, 2 when there is no test to run.",
            "",
            "Examples:",
            "  sheaf policy test policies/",
            "  sheaf policy test policies/ --run test_deny --verbose",
            "  sheaf policy test policies/ --coverage --threshold 90 --json"
        })
public final class PolicyTestCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final DialectOptions dialect = new DialectOptions();
    @Mixin private final LimitOptions limits = new LimitOptions();

    @Option(
            names = {"-r", "--run"},
            paramLabel = "PART",
            description = "Run tests whose name has this part: data.sales_test.test_allow.")
    private String part = "";

    @Option(names = "--coverage", description = "Show which lines the tests reach.")
    private boolean coverage;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description = "Fail below this share of lines reached, 0 to 100.")
    private Optional<Double> threshold = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show whole traces, and what tests print that pass.")
    private boolean verbose;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Policies, tests and data, or folders of them.")
    private List<String> places = new ArrayList<>();

    public PolicyTestCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        double wanted = threshold.orElse(0.0);
        if (!(wanted >= 0 && wanted <= PERCENT)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "--threshold " + wanted + " is no share in percent: 0 to 100");
        }
        PolicyTests.Report report;
        try {
            report = run();
        } catch (PolicyFault fault) {
            throw PolicyProblems.of(fault);
        }
        if (report.tests().isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    part.isEmpty()
                            ? "there are no tests: a test is a rule whose name begins with test_"
                            : "no test's name has '" + part + "' in it");
        }
        boolean isReached = report.coverage().share() * PERCENT >= wanted;
        boolean isCovered = coverage || threshold.isPresent();
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), TestAnswer.of(report, isCovered, isReached));
        } else {
            new TestReportText(cli.terminal(), verbose).print(report);
            if (isCovered) {
                new CoverageText(cli.terminal()).print(report.coverage(), threshold);
            }
        }
        return report.isPassed() && isReached ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private PolicyTests.Report run() {
        PolicySources sources = PolicySources.read(cli, places, dialect.version());
        return new PolicyTests(
                        sources.modules(),
                        sources.data(),
                        limits.limits(),
                        LocalWorld::wallNanos,
                        System::nanoTime)
                .run(dialect.compile(), part, LocalWorld.of(line -> {}));
    }
}
