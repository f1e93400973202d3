package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// Arrays from arrays.
final class ArrayBuiltins {
    private ArrayBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("array.concat", "array, array -> array", ArrayBuiltins::concatenated),
                Builtin.of("array.slice", "array, number, number -> array", ArrayBuiltins::slice),
                Builtin.of("array.reverse", "array -> array", ArrayBuiltins::reversed),
                Builtin.of("array.flatten", "array -> array", ArrayBuiltins::flattened));
    }

    private static Value concatenated(Value[] arguments, Surroundings world) {
        ArrayValue first = Operands.array(arguments, 0);
        ArrayValue second = Operands.array(arguments, 1);
        world.work((long) first.size() + second.size());
        List<Value> items = new ArrayList<>(first.size() + second.size());
        items.addAll(first.items());
        items.addAll(second.items());
        return ArrayValue.of(items);
    }

    /// Bounds outside are brought inside; a start behind the end gives nothing.
    private static Value slice(Value[] arguments, Surroundings world) {
        ArrayValue array = Operands.array(arguments, 0);
        int start = Operands.place(arguments, 1);
        int end = Math.clamp(Operands.place(arguments, 2), 0, array.size());
        world.work(Math.max(0, end - Math.max(0, start)));
        return array.slice(Math.clamp(start, 0, end), end);
    }

    private static Value reversed(Value[] arguments, Surroundings world) {
        ArrayValue array = Operands.array(arguments, 0);
        world.work(array.size());
        return ArrayValue.of(array.items().reversed());
    }

    /// Takes the items out of arrays in the array, one level deep.
    private static Value flattened(Value[] arguments, Surroundings world) {
        List<Value> items = new ArrayList<>();
        for (Value item : Operands.array(arguments, 0).items()) {
            if (item instanceof ArrayValue inner) {
                items.addAll(inner.items());
            } else {
                items.add(item);
            }
        }
        world.work(items.size());
        return ArrayValue.of(items);
    }
}
