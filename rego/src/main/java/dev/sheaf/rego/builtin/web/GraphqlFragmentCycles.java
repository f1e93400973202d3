package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A fragment must not come back to itself by spreads (specification, 5.5.2.2).
final class GraphqlFragmentCycles implements GraphqlRule {
    private final Set<String> visited = new HashSet<>();

    @Override
    public void fragment(Walk walk, Fragment fragment) {
        follow(walk, fragment, new ArrayList<>(), new HashMap<>());
    }

    /// @param path spreads from the first fragment to this one
    /// @param places where in the path the spreads of each fragment begin
    private void follow(
            Walk walk, Fragment fragment, List<Spread> path, Map<String, Integer> places) {
        if (!visited.add(fragment.name())) {
            return;
        }
        places.put(fragment.name(), path.size());
        for (Spread spread : spreads(fragment.selections())) {
            walk.work(1);
            Integer place = places.get(spread.name());
            path.add(spread);
            if (place == null) {
                Fragment next = walk.query().fragment(spread.name());
                if (next != null) {
                    follow(walk, next, path, places);
                }
            } else {
                List<String> between =
                        path.subList(place, path.size() - 1).stream()
                                .map(one -> '"' + one.name() + '"')
                                .toList();
                walk.fault(
                        "Cannot spread fragment \"%s\" within itself%s."
                                .formatted(
                                        spread.name(),
                                        between.isEmpty()
                                                ? ""
                                                : " via " + String.join(", ", between)),
                        spread.position());
            }
            path.removeLast();
        }
        places.remove(fragment.name());
    }

    private static List<Spread> spreads(List<Selection> selections) {
        List<Spread> spreads = new ArrayList<>();
        Deque<List<Selection>> left = new ArrayDeque<>(List.of(selections));
        while (!left.isEmpty()) {
            for (Selection selection : left.pop()) {
                switch (selection) {
                    case Spread spread -> spreads.add(spread);
                    case Field field -> left.push(field.selections());
                    case InlineFragment inline -> left.push(inline.selections());
                }
            }
        }
        return spreads;
    }
}
