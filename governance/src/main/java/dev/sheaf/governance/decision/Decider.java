package dev.sheaf.governance.decision;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Answers questions by the policies in force. A decision that cannot be made is a denial. For any
/// thread.
public final class Decider implements DecisionMaker {
    /// A decision takes microseconds; what takes so much more does not end by itself.
    public static final Limits LIMITS = new Limits(2_000_000, 200_000, Duration.ofMillis(250));

    private final LongSupplier nanoTime;
    private final FixedSurroundings.World world;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable PolicySet inForce;

    /// @param nanoTime a monotonic clock
    /// @param random not given to policies; the surroundings want one
    public Decider(LongSupplier nanoTime, RandomGenerator random) {
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

    /// From now on these decide.
    public void use(PolicySet policies) {
        inForce = policies;
        listeners.forEach(Runnable::run);
    }

    /// From now on everything is denied.
    public void useNone() {
        inForce = null;
        listeners.forEach(Runnable::run);
    }

    /// Does this whenever others decide, or nothing does, from then on: before the change is told
    /// to be done.
    ///
    /// @param listener throws nothing
    public void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    /// What decides now; empty before there was anything.
    public Optional<PolicySet> inForce() {
        return Optional.ofNullable(inForce);
    }

    @Override
    public Decision decide(Question question) {
        PolicySet policies = inForce;
        if (policies == null) {
            return new Decision.Deny(List.of("policy.missing: there are no policies"), "");
        }
        return decide(question, policies);
    }

    /// By other policies than those in force, to see what they would say.
    public Decision decide(Question question, PolicySet policies) {
        try {
            return DecisionReader.read(value(question, policies), policies.revision());
        } catch (EvaluationFault | IllegalArgumentException e) {
            return failed(e, policies);
        }
    }

    static Decision failed(RuntimeException e, PolicySet policies) {
        return new Decision.Deny(List.of("policy.failed: " + e.getMessage()), policies.revision());
    }

    private @Nullable Value value(Question question, PolicySet policies) {
        long nowNanos = GrantFacts.nanos(question.circumstances().time());
        return only(
                policies.decision()
                        .results(
                                new Query.Facts(
                                        Optional.of(question.toInput()), policies.data(), false),
                                LIMITS,
                                nanoTime,
                                work -> new FixedSurroundings(world, nowNanos, work::done)));
    }

    static @Nullable Value only(List<ObjectValue> found) {
        return found.size() == 1 ? found.getFirst().get("x") : null;
    }
}
