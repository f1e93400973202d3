package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Ranges of numbers, and random ones.
final class NumberBuiltins {
    /// So many numbers are made before the work for them is counted.
    private static final int CHUNK = 256;

    private NumberBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "numbers.range",
                        "integer, integer -> array",
                        (a, world) -> range(a, BigInteger.ONE, world)),
                Builtin.of(
                        "numbers.range_step",
                        "integer, integer, integer -> array",
                        NumberBuiltins::steppedRange),
                Builtin.of(
                        "rand.intn",
                        "string, number -> number",
                        Capability.RANDOM,
                        NumberBuiltins::random));
    }

    private static Value steppedRange(Value[] arguments, Surroundings world) {
        Operands.bigInteger(arguments, 0);
        Operands.bigInteger(arguments, 1);
        BigInteger step = Operands.bigInteger(arguments, 2);
        if (step.signum() <= 0) {
            throw BuiltinFault.of("numbers.range_step: step must be a positive integer");
        }
        return range(arguments, step, world);
    }

    /// From the first to the second number, both included, up or down.
    private static Value range(Value[] arguments, BigInteger step, Surroundings world) {
        BigInteger start = Operands.bigInteger(arguments, 0);
        BigInteger end = Operands.bigInteger(arguments, 1);
        boolean isUp = start.compareTo(end) <= 0;
        BigInteger stride = isUp ? step : step.negate();
        List<Value> numbers = new ArrayList<>();
        for (BigInteger i = start;
                isUp ? i.compareTo(end) <= 0 : i.compareTo(end) >= 0;
                i = i.add(stride)) {
            if (numbers.size() % CHUNK == 0) {
                world.work(CHUNK);
            }
            numbers.add(NumberValue.of(i));
        }
        return ArrayValue.of(numbers);
    }

    /// At least 0 and below the bound, whose sign does not matter; the same for the same arguments.
    private static Value random(Value[] arguments, Surroundings world) {
        record Key(String text, long bound) {}
        String text = Operands.text(arguments, 0);
        long bound = Math.absExact(Math.max(-Long.MAX_VALUE, Operands.integer(arguments, 1)));
        if (bound == 0) {
            return NumberValue.of(0);
        }
        return world.remembered(
                new Key(text, bound), () -> NumberValue.of(world.random().nextLong(bound)));
    }
}
