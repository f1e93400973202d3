package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// A set of kinds of values, as built-in functions declare them: `string`, `array|set`, `any`.
///
/// @param mask one bit for each kind, by [Value#rank]
public record Types(int mask) {
    private static final List<String> NAMES =
            List.of("null", "boolean", "number", "string", "array", "object", "set");

    private static final int ANY_MASK = (1 << 7) - 1;

    public static final Types ANY = new Types(ANY_MASK);

    /// @throws IllegalArgumentException when a name is none
    public static Types parse(String text) {
        if (text.equals("any")) {
            return ANY;
        }
        int mask = 0;
        for (String name : text.split("\\|")) {
            int rank = NAMES.indexOf(name);
            if (rank < 0) {
                throw new IllegalArgumentException("no type of values: " + name);
            }
            mask |= 1 << rank;
        }
        return new Types(mask);
    }

    public static Types of(Value value) {
        return new Types(1 << value.rank());
    }

    public boolean has(Value value) {
        return mask == ANY_MASK || (mask >> value.rank() & 1) != 0;
    }

    public boolean overlaps(Types other) {
        return (mask & other.mask) != 0;
    }

    public Types or(Types other) {
        return new Types(mask | other.mask);
    }

    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int rank = 0; rank < NAMES.size(); rank++) {
            if ((mask >> rank & 1) != 0) {
                names.add(NAMES.get(rank));
            }
        }
        return names;
    }

    /// As OPA's errors say it: `string`, or `one of {array, set}`.
    @Override
    public String toString() {
        if (mask == ANY_MASK) {
            return "any";
        }
        List<String> names = names();
        return names.size() == 1 ? names.getFirst() : "one of {" + String.join(", ", names) + "}";
    }
}
