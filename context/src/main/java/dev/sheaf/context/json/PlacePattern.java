package dev.sheaf.context.json;

import dev.sheaf.kernel.Problem;

import java.util.List;

/// A JSON pointer in which a step `*` stands for any member of an object and any element of an
/// array. A member whose name is a lone `*` cannot be named.
///
/// @param steps unescaped; none is the whole document
public record PlacePattern(List<String> steps) {
    public static final String ANY = "*";

    public PlacePattern {
        steps = List.copyOf(steps);
    }

    /// @throws Problem INVALID_VALUE when the text is no pointer
    public static PlacePattern parse(String text) {
        return new PlacePattern(JsonPointers.parse(text));
    }

    public boolean isExact() {
        return !steps.contains(ANY);
    }

    /// Whether the first `length` steps of both agree, `*` agreeing with everything.
    public boolean agrees(List<String> path, int length) {
        for (int index = 0; index < length; index++) {
            String step = steps.get(index);
            if (!step.equals(ANY) && !step.equals(path.get(index))) {
                return false;
            }
        }
        return true;
    }

    /// Whether some place is named by both.
    public boolean overlaps(PlacePattern other) {
        if (steps.size() != other.steps.size()) {
            return false;
        }
        for (int index = 0; index < steps.size(); index++) {
            String left = steps.get(index);
            String right = other.steps.get(index);
            if (!left.equals(right) && !left.equals(ANY) && !right.equals(ANY)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return JsonPointers.of(steps);
    }
}
