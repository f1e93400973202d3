package dev.sheaf.governance.source;

import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.test.PolicyTests;
import dev.sheaf.rego.value.ObjectValue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Runs the tests that a set brings along. A set without any passes.
public final class PolicyTrial {
    /// Of one test.
    static final Limits LIMITS = new Limits(20_000_000, 2_000_000, Duration.ofSeconds(2));

    private final LongSupplier wallNanos;
    private final LongSupplier nanoTime;
    private final FixedSurroundings.World world;

    /// @param wallNanos nanoseconds since 1970
    /// @param nanoTime a monotonic clock
    /// @param random not given to policies; the surroundings want one
    public PolicyTrial(LongSupplier wallNanos, LongSupplier nanoTime, RandomGenerator random) {
        this.wallNanos = wallNanos;
        this.nanoTime = nanoTime;
        this.world =
                new FixedSurroundings.World(
                        random,
                        new Expressions(),
                        Optional.empty(),
                        Optional.empty(),
                        ObjectValue.EMPTY,
                        line -> {});
    }

    public PolicyTests.Report run(PolicySet set) {
        return new PolicyTests(set.modules(), set.data(), LIMITS, wallNanos, nanoTime)
                .run(CompileOptions.DEFAULT, "", world);
    }
}
