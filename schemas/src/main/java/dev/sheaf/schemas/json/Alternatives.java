package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes schemas that hold together apart into the kinds of values that they allow. What they allow
/// is in one of the kinds; a kind may have more in it (what `oneOf` and `if` exclude).
final class Alternatives {
    private static final int ALTERNATIVES_MAX = 2048;

    /// A combination under way.
    private record Part(
            List<Place> done,
            Deque<Place> open,
            Set<JsonType> types,
            Optional<Set<JsonNode>> values,
            boolean isChosen,
            List<Alternative.Condition> held) {
        Part with(List<Place> more, boolean chosen, Optional<Alternative.Condition> condition) {
            Deque<Place> queue = new ArrayDeque<>(open);
            queue.addAll(more);
            List<Alternative.Condition> conditions = new ArrayList<>(held);
            condition.ifPresent(conditions::add);
            return new Part(
                    new ArrayList<>(done),
                    queue,
                    EnumSet.copyOf(types),
                    values,
                    isChosen || chosen,
                    conditions);
        }
    }

    private final Deque<Part> parts = new ArrayDeque<>();
    private final List<Alternative> found = new ArrayList<>();

    private Alternatives() {}

    /// @return empty when they are too many to be looked at
    static Optional<List<Alternative>> of(List<Place> all) {
        Alternatives search = new Alternatives();
        search.parts.add(
                new Part(
                        List.of(),
                        new ArrayDeque<>(all),
                        EnumSet.allOf(JsonType.class),
                        Optional.empty(),
                        false,
                        List.of()));
        while (!search.parts.isEmpty()) {
            if (search.parts.size() + search.found.size() > ALTERNATIVES_MAX) {
                return Optional.empty();
            }
            search.work(search.parts.removeLast());
        }
        return Optional.of(search.found);
    }

    /// Carries one combination on until it forks or ends.
    private void work(Part part) {
        List<Place> done = new ArrayList<>(part.done());
        Deque<Place> open = part.open();
        Set<JsonType> types = part.types();
        Optional<Set<JsonNode>> values = part.values();
        while (!open.isEmpty()) {
            Place place = open.removeFirst();
            if (place.isTrue() || done.contains(place)) {
                continue;
            }
            if (place.isFalse()) {
                return;
            }
            if (place.isReference()) {
                open.add(place.target());
            }
            if (place.isNothingButReference()) {
                continue;
            }
            done.add(place);
            types.retainAll(Keywords.types(place));
            values = both(values, Keywords.values(place));
            if (types.isEmpty() || values.map(Set::isEmpty).orElse(false)) {
                return;
            }
            open.addAll(Keywords.all(place, "allOf"));
            Part here = new Part(done, open, types, values, part.isChosen(), part.held());
            if (fork(here, place)) {
                return;
            }
        }
        end(new Part(done, open, types, values, part.isChosen(), part.held()));
    }

    private boolean fork(Part part, Place place) {
        List<Part> some = new ArrayList<>(List.of(part));
        if (place.has("anyOf")) {
            some = each(some, Keywords.all(place, "anyOf"), false);
        }
        if (place.has("oneOf")) {
            some = each(some, Keywords.all(place, "oneOf"), true);
        }
        if (place.has("if") && (place.has("then") || place.has("else"))) {
            some = conditional(some, place);
        }
        if (some.size() == 1 && some.getFirst() == part) {
            return false;
        }
        parts.addAll(some);
        return true;
    }

    private static List<Part> each(List<Part> some, List<Place> branches, boolean isChosen) {
        List<Part> more = new ArrayList<>();
        for (Part part : some) {
            for (Place branch : branches) {
                more.add(part.with(List.of(branch), isChosen, Optional.empty()));
            }
        }
        return more;
    }

    private static List<Part> conditional(List<Part> some, Place place) {
        JsonNode condition = Sorted.of(place.get("if"));
        List<Part> more = new ArrayList<>();
        for (Part part : some) {
            more.add(
                    part.with(
                            List.of(Keywords.orTrue(place, "if"), Keywords.orTrue(place, "then")),
                            false,
                            Optional.of(new Alternative.Condition(condition, true))));
            more.add(
                    part.with(
                            List.of(Keywords.orTrue(place, "else")),
                            false,
                            Optional.of(new Alternative.Condition(condition, false))));
        }
        return more;
    }

    private void end(Part part) {
        Set<JsonNode> values = new LinkedHashSet<>(part.values().orElse(Set.of()));
        boolean isListed = part.values().isPresent();
        if (!isListed && part.types().contains(JsonType.NULL)) {
            values.add(NullNode.getInstance());
        }
        if (!isListed && part.types().contains(JsonType.BOOLEAN)) {
            values.add(BooleanNode.TRUE);
            values.add(BooleanNode.FALSE);
        }
        for (JsonNode value : values) {
            JsonType type = JsonType.of(value);
            if (part.types().contains(type)
                    && part.done().stream().allMatch(place -> Values.allows(place, value))) {
                found.add(
                        new Alternative(
                                part.done(),
                                type,
                                Optional.of(value),
                                part.isChosen(),
                                part.held()));
            }
        }
        if (isListed) {
            return;
        }
        for (JsonType type : part.types()) {
            if (type != JsonType.NULL && type != JsonType.BOOLEAN) {
                found.add(
                        new Alternative(
                                part.done(), type, Optional.empty(), part.isChosen(), part.held()));
            }
        }
    }

    private static Optional<Set<JsonNode>> both(
            Optional<Set<JsonNode>> one, Optional<Set<JsonNode>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        Set<JsonNode> common = new HashSet<>(one.get());
        common.retainAll(other.get());
        return Optional.of(common);
    }
}
