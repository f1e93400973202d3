package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// A compiled question. Immutable; for any thread.
public final class Query {
    private final Step body;
    private final int slots;
    private final int collectors;
    private final int nodes;

    private Query(Step body, int slots, int collectors, int nodes) {
        this.body = body;
        this.slots = slots;
        this.collectors = collectors;
        this.nodes = nodes;
    }

    /// What a question is asked about.
    ///
    /// @param input empty when `input` is undefined
    /// @param data what the rules are laid over
    /// @param isStrict whether a built-in function that fails ends the evaluation, instead of
    ///   making its expression undefined
    /// @param tracer is told of what is done
    public record Facts(
            Optional<Value> input, Value data, boolean isStrict, Optional<Tracer> tracer) {
        public Facts(Optional<Value> input, Value data, boolean isStrict) {
            this(input, data, isStrict, Optional.empty());
        }
    }

    static Query of(Body renamed, Generator generator, int nodes) {
        List<Step> chain = new ArrayList<>();
        generator.body(renamed, List.of(), chain);
        Set<String> names = new LinkedHashSet<>();
        for (String name : generator.bound()) {
            String written = Scope.written(name);
            if (!written.startsWith("_") && !written.equals("hole") && !written.equals("hoisted")) {
                names.add(name);
            }
        }
        chain.add(new BindingsEnd(names, generator));
        return new Query(
                Generator.link(chain), generator.slotCount(), generator.collectorCount(), nodes);
    }

    /// Gathers the values of the query's variables.
    private static final class BindingsEnd extends Step {
        private final List<StringValue> names = new ArrayList<>();
        private final int[] slots;

        BindingsEnd(Set<String> variables, Generator generator) {
            slots = variables.stream().mapToInt(generator::slot).toArray();
            for (String name : variables) {
                names.add(StringValue.of(Scope.written(name)));
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        boolean run(Frame frame) {
            ObjectValue.Builder found = new ObjectValue.Builder(slots.length);
            for (int i = 0; i < slots.length; i++) {
                found.put(names.get(i), frame.slot(slots[i]));
            }
            frame.context.session().gather();
            ((List<ObjectValue>) frame.collectors[0]).add(found.build());
            return false;
        }
    }

    /// All ways in which the query holds, with the values of its variables; empty when there is
    /// none.
    ///
    /// @param around is given what ends the evaluation's work
    /// @throws EvaluationFault when rules contradict each other or limits are reached
    public List<ObjectValue> results(
            Facts facts,
            Limits limits,
            LongSupplier nanoTime,
            Function<Work, Surroundings> around) {
        Session session =
                new Session(limits, nanoTime, facts.isStrict(), facts.tracer().orElse(null));
        session.in(around.apply(session::work));
        @Nullable Value input = facts.input().orElse(null);
        Context context = new Context(session, input, facts.data(), null, Map.of(), nodes);
        Frame frame = new Frame(slots, collectors, context);
        List<ObjectValue> found = new ArrayList<>();
        frame.collectors[0] = found;
        try {
            body.run(frame);
        } catch (StackOverflowError e) {
            throw new EvaluationFault(
                    EvaluationFault.LIMIT,
                    "the evaluation was ended: nested too deeply",
                    Location.NONE);
        }
        return found;
    }

    /// Counts what built-in functions do.
    public interface Work {
        void done(long steps);
    }
}
