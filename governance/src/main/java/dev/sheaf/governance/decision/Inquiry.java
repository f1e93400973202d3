package dev.sheaf.governance.decision;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Asks sets of policies anything, not only for decisions. For any thread.
public final class Inquiry {
    /// Of one question.
    public static final Limits LIMITS = new Limits(5_000_000, 500_000, Duration.ofSeconds(1));

    private final LongSupplier nanoTime;
    private final FixedSurroundings.World world;

    /// @param nanoTime a monotonic clock
    /// @param random not given to policies; the surroundings want one
    public Inquiry(LongSupplier nanoTime, RandomGenerator random) {
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

    /// What is asked about.
    ///
    /// @param input empty when it is undefined
    /// @param isStrict whether a built-in function that fails ends the evaluation
    /// @param now what `time.now_ns()` says
    public record About(Optional<Value> input, boolean isStrict, Instant now) {}

    /// The document at a path of names below `data`; whole numbers are places in arrays too. Empty
    /// when it is undefined.
    ///
    /// @throws EvaluationFault when it fails, or takes too much
    public Optional<Value> document(PolicySet policies, List<String> path, About about) {
        StringBuilder text = new StringBuilder("x = data");
        path.forEach(name -> text.append('[').append(key(name)).append(']'));
        List<ObjectValue> found =
                results(policies.policies().query(text.toString()), policies, about);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.getFirst().get("x"));
    }

    private static Value key(String name) {
        return name.matches("-?[0-9]{1,18}")
                ? NumberValue.of(Long.parseLong(name))
                : StringValue.of(name);
    }

    /// All ways in which a query holds, with the values of its variables.
    ///
    /// @throws PolicyFault when it is not safe, or names what is not there
    /// @throws EvaluationFault when it fails, or takes too much
    public List<ObjectValue> results(PolicySet policies, Body query, About about) {
        return results(policies.policies().query(query), policies, about);
    }

    private List<ObjectValue> results(Query query, PolicySet policies, About about) {
        return query.results(
                new Query.Facts(about.input(), policies.data(), about.isStrict()),
                LIMITS,
                nanoTime,
                work -> new FixedSurroundings(world, GrantFacts.nanos(about.now()), work::done));
    }
}
