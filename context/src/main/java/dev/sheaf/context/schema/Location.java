package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonPointers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/// The way to a value, kept as links and written out only when there is something to say.
record Location(@Nullable Location parent, String step) {
    static final Location ROOT = new Location(null, "");

    Location member(String name) {
        return new Location(this, name);
    }

    Location element(int index) {
        return new Location(this, Integer.toString(index));
    }

    String pointer() {
        ArrayDeque<String> steps = new ArrayDeque<>();
        Location here = this;
        for (Location above = here.parent; above != null; above = here.parent) {
            steps.addFirst(here.step);
            here = above;
        }
        return JsonPointers.of(List.copyOf(steps));
    }
}
