package dev.sheaf.rego.test;

import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.engine.Tracer;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Runs the tests of policies. A test is a rule whose name begins with `test_`; it passes when it
/// is true. One that begins with `todo_test_` is skipped.
public final class PolicyTests {
    private static final String TEST = "test_";
    private static final String TODO = "todo_test_";

    private final List<Module> modules;
    private final Value data;
    private final Limits limits;
    private final LongSupplier wallNanos;
    private final LongSupplier nanoTime;

    /// @param modules policies and tests
    /// @param data what the rules are laid over
    public PolicyTests(
            List<Module> modules,
            Value data,
            Limits limits,
            LongSupplier wallNanos,
            LongSupplier nanoTime) {
        this.modules = modules;
        this.data = data;
        this.limits = limits;
        this.wallNanos = wallNanos;
        this.nanoTime = nanoTime;
    }

    /// @param name with its package: `data.sales_test.test_allow`
    /// @param nanos that it took
    /// @param trace of a test that did not pass
    /// @param notes lines of `print`
    public record TestResult(
            String name, Outcome outcome, long nanos, List<String> trace, List<String> notes) {}

    /// How a test ended.
    public sealed interface Outcome {
        record Passed() implements Outcome {}

        record Failed() implements Outcome {}

        /// @param reason contradicting rules, limits
        record Broken(String reason) implements Outcome {}

        record Skipped() implements Outcome {}
    }

    /// @param coverage of the modules that have no tests
    public record Report(List<TestResult> tests, Coverage coverage) {
        public boolean isPassed() {
            return tests.stream()
                    .allMatch(test ->
                            test.outcome() instanceof Outcome.Passed
                                    || test.outcome() instanceof Outcome.Skipped);
        }
    }

    /// @param selection part of the names of those to run; empty for all
    /// @throws PolicyFault when the policies cannot be compiled
    public Report run(CompileOptions options, String selection, FixedSurroundings.World world) {
        Policies policies = Policies.compile(modules, options.traced());
        Coverage coverage =
                new Coverage(modules.stream().filter(module -> !isTest(module)).toList());
        List<TestResult> results = new ArrayList<>();
        for (String name : names()) {
            if (name.contains(selection)) {
                results.add(run(policies, name, coverage, world));
            }
        }
        return new Report(results, coverage);
    }

    private static boolean isTest(Module module) {
        return module.rules().stream().anyMatch(PolicyTests::isTest);
    }

    private static boolean isTest(Rule rule) {
        return rule.name().startsWith(TEST) || rule.name().startsWith(TODO);
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Module module : modules) {
            for (Rule rule : module.rules()) {
                if (isTest(rule)) {
                    names.add(reference(module.packagePath()) + "." + rule.name());
                }
            }
        }
        return names;
    }

    private static String reference(List<String> path) {
        StringBuilder text = new StringBuilder("data");
        for (String part : path) {
            text.append(
                    part.matches("[a-zA-Z_][a-zA-Z0-9_]*")
                            ? "." + part
                            : "[" + StringValue.of(part) + "]");
        }
        return text.toString();
    }

    private TestResult run(
            Policies policies, String name, Coverage coverage, FixedSurroundings.World world) {
        if (name.substring(name.lastIndexOf('.') + 1).startsWith(TODO)) {
            return new TestResult(name, new Outcome.Skipped(), 0, List.of(), List.of());
        }
        TraceText trace = new TraceText(modules);
        Tracer both =
                (event, subject, at) -> {
                    coverage.told(event, subject, at);
                    trace.told(event, subject, at);
                };
        List<String> notes = new ArrayList<>();
        FixedSurroundings.World noting =
                new FixedSurroundings.World(
                        world.random(),
                        world.expressions(),
                        world.http(),
                        world.names(),
                        world.runtime(),
                        notes::add);
        long began = nanoTime.getAsLong();
        Outcome outcome;
        try {
            List<ObjectValue> found =
                    policies.query(name + " = x")
                            .results(
                                    new Query.Facts(
                                            Optional.empty(), data, false, Optional.of(both)),
                                    limits,
                                    nanoTime,
                                    work ->
                                            new FixedSurroundings(
                                                    noting, wallNanos.getAsLong(), work::done));
            outcome = isTrue(found) ? new Outcome.Passed() : new Outcome.Failed();
        } catch (EvaluationFault fault) {
            outcome = new Outcome.Broken(String.valueOf(fault.getMessage()));
        }
        boolean isPassed = outcome instanceof Outcome.Passed;
        return new TestResult(
                name,
                outcome,
                nanoTime.getAsLong() - began,
                isPassed ? List.of() : trace.lines(),
                notes);
    }

    private static boolean isTrue(List<ObjectValue> found) {
        return !found.isEmpty() && found.getFirst().get("x") == BooleanValue.TRUE;
    }
}
