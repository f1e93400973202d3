package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// Sets from sets; `minus` is among the [ArithmeticBuiltins].
final class SetBuiltins {
    private SetBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "and",
                        "set, set -> set",
                        (a, world) -> intersection(set(a, 0), set(a, 1), world)),
                Builtin.of("or", "set, set -> set", SetBuiltins::either),
                Builtin.of(
                        "set_diff",
                        "set, set -> set",
                        (a, world) -> ArithmeticBuiltins.difference(set(a, 0), set(a, 1), world)),
                Builtin.of("intersection", "set -> set", SetBuiltins::intersectionOfAll),
                Builtin.of("union", "set -> set", SetBuiltins::unionOfAll));
    }

    private static SetValue set(Value[] arguments, int index) {
        return Operands.set(arguments[index], index + 1);
    }

    private static SetValue intersection(SetValue left, SetValue right, Surroundings world) {
        SetValue smaller = left.size() <= right.size() ? left : right;
        SetValue larger = smaller == left ? right : left;
        world.work(smaller.size());
        SetValue.Builder both = new SetValue.Builder();
        for (Value member : smaller.items()) {
            if (larger.has(member)) {
                both.add(member);
            }
        }
        return both.build();
    }

    private static Value either(Value[] arguments, Surroundings world) {
        SetValue left = set(arguments, 0);
        SetValue right = set(arguments, 1);
        SetValue.Builder either = new SetValue.Builder(left.size() + right.size());
        add(left, either, world);
        add(right, either, world);
        return either.build();
    }

    private static void add(SetValue members, SetValue.Builder target, Surroundings world) {
        world.work(members.size());
        members.items().forEach(target::add);
    }

    /// Of no sets: the empty set.
    private static Value intersectionOfAll(Value[] arguments, Surroundings world) {
        List<Value> sets = set(arguments, 0).items();
        if (sets.isEmpty()) {
            return SetValue.EMPTY;
        }
        SetValue common = Operands.set(sets.getFirst(), 1);
        for (Value next : sets.subList(1, sets.size())) {
            common = intersection(common, Operands.set(next, 1), world);
        }
        return common;
    }

    private static Value unionOfAll(Value[] arguments, Surroundings world) {
        SetValue.Builder all = new SetValue.Builder();
        for (Value next : set(arguments, 0).items()) {
            add(Operands.set(next, 1), all, world);
        }
        return all.build();
    }
}
