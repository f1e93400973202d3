package dev.sheaf.cli.simulation;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.testkit.DeliberateBug;
import dev.sheaf.testkit.InvariantViolation;
import dev.sheaf.testkit.Simulation;
import dev.sheaf.testkit.SimulationConfig;
import dev.sheaf.testkit.SimulationSeries;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `sheaf sim`: replication between simulated regions under faults, with invariants checked after
/// every step.
@Command(
        description = "Simulate regions under faults, and check what must always hold.",
        footer = {
            "",
            "The same seed gives the same run. A broken invariant is printed with the command that",
            "shows it again; exit status 1.",
            "",
            "Examples:",
            "  sheaf sim --seed 1 --steps 100000",
            "  sheaf sim --seed 1 --seeds 1000 --steps 100000",
            "  sheaf sim --seeds 40 --steps 10000 --bug SKIP_FENCE     a fault built in, to be"
                    + " found"
        })
public final class SimCommand implements Callable<Integer> {
    private static final long MILLION = 1_000_000;

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Option(names = "--seed", paramLabel = "N", description = "The first seed (default: 1).")
    private long seed = 1;

    @Option(
            names = "--seeds",
            paramLabel = "COUNT",
            description = "How many seeds, one after another (default: 1).")
    private int seeds = 1;

    @Option(
            names = "--steps",
            paramLabel = "M",
            description = "Steps before the faults are healed (default: 10000).")
    private int steps = 10_000;

    @Option(
            names = "--regions",
            paramLabel = "K",
            description = "Regions, 2 to 9 (default: the seed decides).")
    private int regions;

    @Option(
            names = "--documents",
            paramLabel = "KIND",
            description = "What they hold: small, real or mixed (default: small).")
    private String documents = "small";

    @Option(
            names = "--bug",
            paramLabel = "NAME",
            description = "A fault to build in: ${COMPLETION-CANDIDATES}.")
    private DeliberateBug bug = DeliberateBug.NONE;

    public SimCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        SimulationSeries series = new SimulationSeries();
        for (long next = seed; next < seed + seeds; next++) {
            SimulationConfig config = config(next);
            try {
                series.add(Simulation.run(config));
            } catch (InvariantViolation violation) {
                series.add(violation);
                if (!json.json()) {
                    cli.terminal().out().println(violation.getMessage());
                }
            }
        }
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), series.summary());
        } else {
            print(series.summary());
        }
        return series.summary().violations() == 0
                ? ExitCode.OK.status()
                : ExitCode.NEGATIVE.status();
    }

    private SimulationConfig config(long next) {
        try {
            return new SimulationConfig(next, steps, regions, model(next), bug);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    Objects.requireNonNullElse(e.getMessage(), e.toString()),
                    e);
        }
    }

    private SimulationConfig.DocumentModel model(long of) {
        return switch (documents) {
            case "small" -> SimulationConfig.DocumentModel.SMALL;
            case "real" -> SimulationConfig.DocumentModel.REAL;
            case "mixed" -> SimulationSeries.mixed(of);
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "'" + documents + "' is no kind of documents: small, real or mixed");
        };
    }

    private void print(SimulationSeries.Summary summary) {
        PrintStream out = cli.terminal().out();
        out.printf(
                "seeds       %,d, with a violation %,d%n", summary.seeds(), summary.violations());
        out.printf("steps       %,d%n", summary.steps());
        out.printf(
                "time        %s for the regions, %s here%n",
                Duration.ofMillis(summary.virtualMillis())
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                Duration.ofMillis(summary.elapsedMillis()));
        out.printf(
                "events      %,d written, applied %,d times%n",
                summary.written(), summary.applied());
        out.printf("checks      %,d%n", summary.checks());
        summary.counts().forEach((what, count) -> out.printf("  %,10d  %s%n", count, what));
    }
}
