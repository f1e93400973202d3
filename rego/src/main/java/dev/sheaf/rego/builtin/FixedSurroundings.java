package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Surroundings that were fixed when the evaluation began. For one evaluation, by one thread.
public final class FixedSurroundings implements Surroundings {
    /// What stays the same over evaluations.
    ///
    /// @param expressions kept over evaluations
    /// @param notes takes lines of `print` and `trace`
    public record World(
            RandomGenerator random,
            Expressions expressions,
            Optional<HttpSender> http,
            Optional<NameLookup> names,
            ObjectValue runtime,
            Consumer<String> notes) {}

    private final World world;
    private final long nowNanos;
    private final LongConsumer work;
    private final Map<Object, Value> remembered = new HashMap<>();

    /// @param work counts steps, and ends the evaluation when they are too many
    public FixedSurroundings(World world, long nowNanos, LongConsumer work) {
        this.world = world;
        this.nowNanos = nowNanos;
        this.work = work;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public RandomGenerator random() {
        return world.random();
    }

    @Override
    public Value remembered(Object key, Supplier<Value> compute) {
        return remembered.computeIfAbsent(key, each -> compute.get());
    }

    @Override
    public Expressions expressions() {
        return world.expressions();
    }

    @Override
    public void work(long steps) {
        work.accept(steps);
    }

    @Override
    public Optional<HttpSender> http() {
        return world.http();
    }

    @Override
    public Optional<NameLookup> names() {
        return world.names();
    }

    @Override
    public ObjectValue runtime() {
        return world.runtime();
    }

    @Override
    public void note(String line) {
        world.notes().accept(line);
    }
}
