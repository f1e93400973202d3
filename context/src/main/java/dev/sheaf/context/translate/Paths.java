package dev.sheaf.context.translate;

import dev.sheaf.context.json.PlacePattern;

import java.util.ArrayList;
import java.util.List;

/// Arithmetic on paths.
final class Paths {
    private Paths() {}

    static PlacePattern sibling(PlacePattern path, String name) {
        List<String> steps = new ArrayList<>(path.steps());
        steps.set(steps.size() - 1, name);
        return new PlacePattern(steps);
    }

    /// The path with one of its steps replaced.
    static List<String> with(List<String> path, int index, String step) {
        List<String> steps = new ArrayList<>(path);
        steps.set(index, step);
        return List.copyOf(steps);
    }
}
