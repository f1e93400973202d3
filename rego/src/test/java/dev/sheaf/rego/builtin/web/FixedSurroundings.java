package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A world in which it is always the same time; what there is besides is given.
final class FixedSurroundings implements Surroundings {
    /// 2030-01-01.
    static final long NOW = 1_893_456_000_000_000_000L;

    private final Expressions expressions = new Expressions();
    private final Map<Object, Value> remembered = new HashMap<>();
    private final RandomGenerator random = new Random(7);
    @Nullable HttpSender http;
    @Nullable NameLookup names;
    long stepsLeft = 10_000_000;

    @Override
    public long nowNanos() {
        return NOW;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Value remembered(Object key, Supplier<Value> compute) {
        Value known = remembered.get(key);
        if (known == null) {
            known = compute.get();
            remembered.put(key, known);
        }
        return known;
    }

    @Override
    public Expressions expressions() {
        return expressions;
    }

    @Override
    public void work(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw new IllegalStateException("out of steps");
        }
    }

    @Override
    public Optional<HttpSender> http() {
        return Optional.ofNullable(http);
    }

    @Override
    public Optional<NameLookup> names() {
        return Optional.ofNullable(names);
    }

    @Override
    public ObjectValue runtime() {
        return ObjectValue.EMPTY;
    }

    @Override
    public void note(String line) {}
}
