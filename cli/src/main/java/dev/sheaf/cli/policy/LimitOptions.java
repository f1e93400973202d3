package dev.sheaf.cli.policy;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.engine.Limits;

import picocli.CommandLine.Option;

import java.time.Duration;

/// When an evaluation is ended.
final class LimitOptions {
    private static final double NANOS = 1e9;
    private static final double SECONDS_MAX = 86_400;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "End an evaluation after this time (default: 5).")
    private double seconds = Limits.DEFAULT.timeMax().toSeconds();

    @Option(
            names = "--steps-max",
            paramLabel = "N",
            description = "About as many values may be looked at (default: 50000000).")
    private long steps = Limits.DEFAULT.stepsMax();

    @Option(
            names = "--values-max",
            paramLabel = "N",
            description = "About as many values may be gathered (default: 5000000).")
    private long values = Limits.DEFAULT.valuesMax();

    /// @throws Problem INVALID_VALUE when one is not positive, or the time is over a day
    Limits limits() {
        if (!(seconds > 0 && seconds <= SECONDS_MAX) || steps < 1 || values < 1) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "limits are positive, and times at most "
                            + (long) SECONDS_MAX
                            + " s; these are --timeout "
                            + seconds
                            + " --steps-max "
                            + steps
                            + " --values-max "
                            + values);
        }
        return new Limits(
                steps, values, Duration.ofNanos(Math.max(1, Math.round(seconds * NANOS))));
    }
}
