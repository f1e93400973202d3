package dev.sheaf.rego.engine;

import java.time.Duration;

/// When an evaluation is ended that does not end by itself.
///
/// @param stepsMax about as many values as may be looked at
/// @param valuesMax about as many values as comprehensions and rules may gather
/// @param timeMax by the monotonic clock
public record Limits(long stepsMax, long valuesMax, Duration timeMax) {
    public static final Limits DEFAULT = new Limits(50_000_000, 5_000_000, Duration.ofSeconds(5));

    public Limits {
        if (stepsMax < 1 || valuesMax < 1 || !timeMax.isPositive()) {
            throw new IllegalArgumentException(
                    "limits must be positive: "
                            + stepsMax
                            + " steps, "
                            + valuesMax
                            + " values, "
                            + timeMax);
        }
    }
}
