package dev.sheaf.rego.conformance;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Runs conformance cases.
public final class ConformanceRunner {
    /// Functions that are made for the suite, and are no part of Rego.
    private static final String OF_THE_SUITE = "undefined function test.";

    private final CompileOptions options;
    private final FixedSurroundings.World world;
    private final LongSupplier wallNanos;
    private final LongSupplier nanoTime;

    /// @param options for the cases' modules
    /// @param wallNanos nanoseconds since 1970
    /// @param nanoTime a monotonic clock
    public ConformanceRunner(
            CompileOptions options,
            RandomGenerator random,
            LongSupplier wallNanos,
            LongSupplier nanoTime) {
        this.options = options;
        this.world =
                new FixedSurroundings.World(
                        random,
                        new Expressions(),
                        Optional.empty(),
                        Optional.empty(),
                        ObjectValue.EMPTY,
                        line -> {});
        this.wallNanos = wallNanos;
        this.nanoTime = nanoTime;
    }

    public ConformanceOutcome run(ConformanceCase each) {
        try {
            return compare(each, evaluate(each));
        } catch (PolicyFault fault) {
            Diagnostic first = fault.diagnostics().getFirst();
            if (first.message().startsWith(OF_THE_SUITE)) {
                return new ConformanceOutcome.Skipped(
                        first.message() + ", which only OPA's own test program has");
            }
            return compareError(each, first.code(), String.valueOf(fault.getMessage()));
        } catch (EvaluationFault fault) {
            return compareError(each, fault.code(), String.valueOf(fault.getMessage()));
        }
    }

    private List<ObjectValue> evaluate(ConformanceCase each) {
        List<Module> modules = new ArrayList<>();
        for (int i = 0; i < each.modules().size(); i++) {
            modules.add(
                    Parser.module("test-" + i + ".rego", each.modules().get(i), RegoVersion.V1));
        }
        Query query = Policies.compile(modules, options).query(each.query());
        Optional<Value> input = each.input().map(JsonValues::of);
        if (each.inputTerm().isPresent()) {
            input = Optional.of(term(each.inputTerm().get()));
        }
        Value data = each.data().map(JsonValues::of).orElse(ObjectValue.EMPTY);
        return query.results(
                new Query.Facts(input, data, each.isStrict()),
                Limits.DEFAULT,
                nanoTime,
                work -> new FixedSurroundings(world, wallNanos.getAsLong(), work::done));
    }

    /// A term is what a query gives that asks for it.
    private Value term(String text) {
        List<ObjectValue> found =
                Policies.compile(List.of(), CompileOptions.ALL_GRANTED)
                        .query("x = " + text)
                        .results(
                                new Query.Facts(Optional.empty(), ObjectValue.EMPTY, true),
                                Limits.DEFAULT,
                                nanoTime,
                                work ->
                                        new FixedSurroundings(
                                                world, wallNanos.getAsLong(), work::done));
        return java.util.Objects.requireNonNull(found.getFirst().get("x"));
    }

    private static ConformanceOutcome compare(ConformanceCase each, List<ObjectValue> found) {
        if (each.wantErrorCode().isPresent() || each.wantError().isPresent()) {
            return new ConformanceOutcome.Failed(
                    "wanted the error "
                            + each.wantErrorCode().orElse(each.wantError().orElse(""))
                            + ", came "
                            + found);
        }
        if (each.wantResult().isEmpty()) {
            return new ConformanceOutcome.Skipped("says neither a result nor an error");
        }
        List<Value> wanted = new ArrayList<>();
        for (JsonNode result : each.wantResult().get()) {
            wanted.add(normal(JsonValues.of(result), each.sortBindings()));
        }
        List<Value> came = new ArrayList<>();
        for (ObjectValue result : found) {
            came.add(normal(JsonValues.of(JsonValues.toJson(result)), each.sortBindings()));
        }
        wanted.sort(null);
        came.sort(null);
        return wanted.equals(came)
                ? new ConformanceOutcome.Passed()
                : new ConformanceOutcome.Failed("wanted " + wanted + ", came " + came);
    }

    /// Arrays sorted, if their order does not count.
    private static Value normal(Value value, boolean isSorted) {
        return switch (value) {
            case ArrayValue array -> {
                List<Value> items = new ArrayList<>();
                array.items().forEach(item -> items.add(normal(item, isSorted)));
                if (isSorted) {
                    items.sort(null);
                }
                yield ArrayValue.of(items);
            }
            case ObjectValue object -> {
                ObjectValue.Builder fields = new ObjectValue.Builder(object.size());
                object.forEach((key, field) -> fields.put(key, normal(field, isSorted)));
                yield fields.build();
            }
            case dev.sheaf.rego.value.NullValue scalar -> scalar;
            case dev.sheaf.rego.value.BooleanValue scalar -> scalar;
            case dev.sheaf.rego.value.NumberValue scalar -> scalar;
            case dev.sheaf.rego.value.StringValue scalar -> scalar;
            case dev.sheaf.rego.value.SetValue set -> set;
        };
    }

    private static ConformanceOutcome compareError(
            ConformanceCase each, String code, String message) {
        boolean isWanted = each.wantErrorCode().isPresent() || each.wantError().isPresent();
        boolean codeFits = each.wantErrorCode().map(code::equals).orElse(true);
        boolean textFits = each.wantError().map(message::contains).orElse(true);
        if (isWanted && codeFits && textFits) {
            return new ConformanceOutcome.Passed();
        }
        return new ConformanceOutcome.Failed(
                "wanted "
                        + each.wantErrorCode().orElse("no error")
                        + each.wantError().map(text -> " with " + text).orElse("")
                        + ", came "
                        + message);
    }
}
