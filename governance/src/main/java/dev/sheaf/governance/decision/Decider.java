package dev.sheaf.governance.decision;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Answers questions by the policies in force. A decision that cannot be made is a denial. For any
/// thread.
public final class Decider {
    /// A decision takes microseconds; what takes so much more does not end by itself.
    public static final Limits LIMITS = new Limits(2_000_000, 200_000, Duration.ofMillis(250));

    private final LongSupplier nanoTime;
    private final FixedSurroundings.World world;
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
    }

    /// What decides now; empty before there was anything.
    public Optional<PolicySet> inForce() {
        return Optional.ofNullable(inForce);
    }

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
            return answer(value(question, policies), policies.revision());
        } catch (EvaluationFault | IllegalArgumentException e) {
            return new Decision.Deny(
                    List.of("policy.failed: " + e.getMessage()), policies.revision());
        }
    }

    private @Nullable Value value(Question question, PolicySet policies) {
        long nowNanos = GrantFacts.nanos(question.circumstances().time());
        List<ObjectValue> found =
                policies.decision()
                        .results(
                                new Query.Facts(
                                        Optional.of(question.toInput()), policies.data(), false),
                                LIMITS,
                                nanoTime,
                                work -> new FixedSurroundings(world, nowNanos, work::done));
        return found.size() == 1 ? found.getFirst().get("x") : null;
    }

    private static Decision answer(@Nullable Value value, String revision) {
        if (!(value instanceof ObjectValue fields)) {
            return new Decision.Deny(
                    List.of("policy.silent: " + PolicySet.DECISION + " is undefined"), revision);
        }
        List<String> reasons = Texts.list(field(fields, "reasons"), "reasons");
        if (fields.get("allow") != BooleanValue.TRUE) {
            return new Decision.Deny(reasons, revision);
        }
        Map<String, Mask> masks = new HashMap<>();
        if (!(field(fields, "masks") instanceof ObjectValue given)) {
            throw new IllegalArgumentException("masks are no object by column");
        }
        given.forEach((column, mask) -> {
            String name = dev.sheaf.rego.value.JsonValues.keyText(column);
            masks.put(name, MaskReader.read(name, mask));
        });
        return new Decision.Allow(
                reasons, masks, Texts.list(field(fields, "filters"), "filters"), revision);
    }

    /// A field that is not there says nothing.
    private static Value field(ObjectValue fields, String name) {
        Value value = fields.get(name);
        if (value != null) {
            return value;
        }
        return name.equals("masks") ? ObjectValue.EMPTY : SetValue.EMPTY;
    }
}
