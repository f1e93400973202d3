package dev.sheaf.governance.decision;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.test.TraceText;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Decides by a set of policies as [Decider] does, of any input document, and tells how it came
/// about. Slower. For any thread.
public final class Explainer {
    private final PolicySet policies;
    private final Query decision;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;

    /// @param nanoTime a monotonic clock
    /// @param random not given to policies; the surroundings want one
    public Explainer(PolicySet policies, LongSupplier nanoTime, RandomGenerator random) {
        this.policies = policies;
        this.decision =
                Policies.compile(policies.modules(), CompileOptions.DEFAULT.traced())
                        .query("x = " + PolicySet.DECISION);
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /// @param now what `time.now_ns()` says
    public Explanation explain(ObjectValue input, Instant now) {
        TraceText trace = new TraceText(policies.modules());
        List<String> notes = new ArrayList<>();
        FixedSurroundings.World world =
                new FixedSurroundings.World(
                        random,
                        new Expressions(),
                        Optional.empty(),
                        Optional.empty(),
                        ObjectValue.EMPTY,
                        notes::add);
        Query.Facts facts =
                new Query.Facts(Optional.of(input), policies.data(), false, Optional.of(trace));
        Optional<Value> document = Optional.empty();
        Decision decided;
        try {
            List<ObjectValue> found =
                    decision.results(
                            facts,
                            Decider.LIMITS,
                            nanoTime,
                            work ->
                                    new FixedSurroundings(
                                            world, GrantFacts.nanos(now), work::done));
            document = Optional.ofNullable(Decider.only(found));
            decided = DecisionReader.read(document.orElse(null), policies.revision());
        } catch (EvaluationFault | IllegalArgumentException e) {
            decided = Decider.failed(e, policies);
        }
        return new Explanation(decided, document, trace.lines(), notes);
    }
}
