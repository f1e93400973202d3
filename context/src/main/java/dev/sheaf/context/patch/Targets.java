package dev.sheaf.context.patch;

import dev.sheaf.context.FieldKind;
import dev.sheaf.context.document.Indexes;
import dev.sheaf.context.document.Place;
import dev.sheaf.context.document.Shape;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// Finds what JSON pointers point to, and writes there as the kind of the place asks.
final class Targets {
    private static final String END = "-";

    private final Operations operations;

    Targets(Operations operations) {
        this.operations = operations;
    }

    /// @throws Problem NOT_FOUND when the place that should hold the target is not there
    Target find(Place root, List<String> path, Refusal refusal) {
        Place place = root;
        boolean orphan = false;
        for (int step = 0; step < path.size(); step++) {
            Place existing = place.existingMember(path.get(step));
            if (existing != null) {
                place = existing;
                continue;
            }
            boolean last = step + 1 == path.size();
            switch (place.shape()) {
                case OBJECT -> place = place.member(path.get(step));
                case LIST -> {
                    if (last) {
                        return new Target(place, path.subList(step, path.size()));
                    }
                    place = place.element(index(place, path.get(step), refusal));
                }
                case VALUE, SET, TEXT -> {
                    return new Target(place, path.subList(step, path.size()));
                }
                case COUNTER ->
                        throw refusal.notFound("goes through a counter, which has no members");
                case REDACTED -> throw refusal.forbidden();
                case ABSENT -> {
                    if (last && holdsElements(place)) {
                        return new Target(place, path.subList(step, path.size()));
                    }
                    orphan |= step > 0;
                    place = place.member(path.get(step));
                }
            }
        }
        if (orphan && !isDeclared(place)) {
            throw refusal.notFound(
                    "goes through something that is not there; add the object around it first");
        }
        return new Target(place, List.of());
    }

    /// As [#find], or null where that would be refused.
    @Nullable Target findOrNull(Place root, List<String> path, Refusal refusal) {
        try {
            return find(root, path, refusal);
        } catch (Problem missing) {
            return null;
        }
    }

    /// Whether the type says that elements can be put here while there are none yet.
    private static boolean holdsElements(Place place) {
        return switch (place.rule().kind()) {
            case LIST, CONVERSATION, SET, TEXT -> true;
            case STRUCTURE, REGISTER, COUNTER, IMMUTABLE -> false;
        };
    }

    private static boolean isDeclared(Place place) {
        return holdsElements(place) || place.rule().kind() == FieldKind.COUNTER;
    }

    /// An index of what is there.
    private static int index(Place list, String step, Refusal refusal) {
        int index = Indexes.parse(step);
        int size = list.size();
        if (index < 0) {
            throw JsonEdit.index(step, size, refusal);
        }
        if (index >= size) {
            throw refusal.notFound("names index " + index + " of an array of " + size);
        }
        return index;
    }

    private static int indexToAdd(Place list, String step, Refusal refusal) {
        int size = list.size();
        int index = step.equals(END) ? size : Indexes.parse(step);
        if (index < 0 || index > size) {
            throw JsonEdit.index(step, size, refusal);
        }
        return index;
    }

    /// What elements a place holds, by what is there or, where nothing is, by what is declared.
    private static FieldKind elements(Target target) {
        return switch (target.place().shape()) {
            case LIST -> FieldKind.LIST;
            case SET -> FieldKind.SET;
            case TEXT -> FieldKind.TEXT;
            case VALUE -> FieldKind.REGISTER;
            case ABSENT, OBJECT, COUNTER, REDACTED -> target.place().rule().kind();
        };
    }

    private static void single(Target target, Refusal refusal) {
        if (target.rest().size() > 1) {
            throw refusal.invalid(
                    "goes into an element of a set or text; write the element as a whole");
        }
    }

    void add(Target target, JsonNode value, Refusal refusal) {
        Place place = target.place();
        if (target.isPlace()) {
            operations.assign(place, value, refusal);
            return;
        }
        switch (elements(target)) {
            case LIST, CONVERSATION ->
                    operations.insert(
                            place, indexToAdd(place, target.last(), refusal), List.of(value));
            case SET -> {
                single(target, refusal);
                setIndexToAdd(place, target.last(), refusal);
                operations.include(place, List.of(value));
            }
            case TEXT -> {
                single(target, refusal);
                operations.type(
                        place, indexToAdd(place, target.last(), refusal), text(value, refusal));
            }
            case STRUCTURE, REGISTER, COUNTER, IMMUTABLE ->
                    operations.assign(
                            place,
                            JsonEdit.add(shown(place), target.rest(), value, refusal),
                            refusal);
        }
    }

    /// A set has no order to write to, but what is no index is refused as in a list.
    private static void setIndexToAdd(Place set, String step, Refusal refusal) {
        int size = set.shown().map(JsonNode::size).orElse(0);
        int index = step.equals(END) ? size : Indexes.parse(step);
        if (index < 0 || index > size) {
            throw JsonEdit.index(step, size, refusal);
        }
    }

    private static String text(JsonNode value, Refusal refusal) {
        if (!value.isString()) {
            throw refusal.invalid(
                    "puts " + JsonValues.shown(value) + " into a text; write a string");
        }
        return value.stringValue();
    }

    private static JsonNode shown(Place place) {
        return place.shown().orElseThrow(() -> new IllegalStateException("nothing is shown"));
    }

    void append(Target target, JsonNode value, Refusal refusal) {
        Place place = target.place();
        Shape shape = target.isPlace() ? place.shape() : Shape.VALUE;
        boolean text =
                target.isPlace() && (shape == Shape.TEXT || place.rule().kind() == FieldKind.TEXT);
        if (text) {
            operations.guard(place, refusal);
            operations.type(place, place.size(), text(value, refusal));
        } else if (shape == Shape.LIST || shape == Shape.ABSENT && isList(place)) {
            operations.insert(place, place.size(), List.of(value));
        } else if (shape == Shape.SET || shape == Shape.ABSENT && holdsElements(place)) {
            operations.include(place, List.of(value));
        } else if (shape == Shape.REDACTED) {
            throw refusal.forbidden();
        } else {
            appendToValue(target, value, refusal);
        }
    }

    private void appendToValue(Target target, JsonNode value, Refusal refusal) {
        JsonNode there = valueOrNull(target, refusal);
        if (there == null) {
            throw refusal.notFound("appends to something that is not there; add an array first");
        }
        if (!there.isArray()) {
            throw refusal.invalid(
                    "appends to "
                            + JsonValues.shown(there)
                            + "; only arrays, sets, conversations and declared texts are"
                            + " appended to");
        }
        List<String> end = new java.util.ArrayList<>(target.rest());
        end.add(END);
        appendInside(target, end, value, refusal);
    }

    private void appendInside(Target target, List<String> end, JsonNode value, Refusal refusal) {
        Place place = target.place();
        if (place.shape() == Shape.LIST) {
            Place element = place.element(index(place, target.last(), refusal));
            append(new Target(element, List.of()), value, refusal);
        } else {
            operations.assign(place, JsonEdit.add(shown(place), end, value, refusal), refusal);
        }
    }

    private static boolean isList(Place place) {
        return place.rule().kind() == FieldKind.LIST
                || place.rule().kind() == FieldKind.CONVERSATION;
    }

    void remove(Target target, Refusal refusal) {
        Place place = target.place();
        if (target.isPlace()) {
            require(place, refusal);
            operations.remove(place, refusal);
            return;
        }
        switch (elements(target)) {
            case LIST, CONVERSATION -> {
                int index = index(place, target.last(), refusal);
                operations.guard(place.element(index), refusal);
                operations.delete(place, index, 1);
            }
            case SET -> operations.exclude(place, List.of(value(target, refusal)));
            case TEXT -> {
                single(target, refusal);
                operations.delete(place, index(place, target.last(), refusal), 1);
            }
            case STRUCTURE, REGISTER, COUNTER, IMMUTABLE ->
                    operations.assign(
                            place, JsonEdit.remove(shown(place), target.rest(), refusal), refusal);
        }
    }

    private static void require(Place place, Refusal refusal) {
        if (place.shape() == Shape.REDACTED) {
            throw refusal.forbidden();
        }
        if (!place.exists()) {
            throw refusal.notFound("names something that is not there");
        }
    }

    void replace(Target target, JsonNode value, Refusal refusal) {
        Place place = target.place();
        if (target.isPlace()) {
            require(place, refusal);
            operations.assign(place, value, refusal);
            return;
        }
        switch (elements(target)) {
            case LIST, CONVERSATION ->
                    operations.assign(
                            place.element(index(place, target.last(), refusal)), value, refusal);
            case SET -> {
                operations.exclude(place, List.of(value(target, refusal)));
                operations.include(place, List.of(value));
            }
            case TEXT -> {
                single(target, refusal);
                String text = text(value, refusal);
                int index = index(place, target.last(), refusal);
                operations.delete(place, index, 1);
                operations.type(place, index, text);
            }
            case STRUCTURE, REGISTER, COUNTER, IMMUTABLE ->
                    operations.assign(
                            place,
                            JsonEdit.replace(shown(place), target.rest(), value, refusal),
                            refusal);
        }
    }

    /// What is there.
    JsonNode value(Target target, Refusal refusal) {
        if (target.isPlace() && target.place().exists()) {
            operations.guardRead(target.place(), refusal);
        }
        JsonNode value = valueOrNull(target, refusal);
        if (value == null) {
            throw refusal.notFound("names something that is not there");
        }
        return value;
    }

    static @Nullable JsonNode valueOrNull(Target target, Refusal refusal) {
        Place place = target.place();
        if (target.isPlace()) {
            return place.shown().orElse(null);
        }
        return switch (place.shape()) {
            case LIST -> {
                int index = Indexes.parse(target.last());
                yield index < 0 || index >= place.size()
                        ? null
                        : place.element(index).shown().orElse(null);
            }
            case TEXT -> {
                single(target, refusal);
                int index = index(place, target.last(), refusal);
                int[] points =
                        shown(place).stringValue().codePoints().skip(index).limit(1).toArray();
                yield tools.jackson.databind.node.StringNode.valueOf(
                        new String(points, 0, points.length));
            }
            case VALUE, SET -> JsonEdit.find(shown(place), target.rest());
            case ABSENT, OBJECT, COUNTER, REDACTED -> null;
        };
    }

    /// Moves inside one list, where the two targets are elements of one.
    ///
    /// @return whether they are
    boolean moveInList(Target from, @Nullable Target to, Refusal refusal) {
        boolean one =
                to != null
                        && !from.isPlace()
                        && !to.isPlace()
                        && from.place().shape() == Shape.LIST
                        && from.place().path().equals(to.place().path());
        if (one && to != null) {
            Place list = from.place();
            int source = index(list, from.last(), refusal);
            int last = list.size() - 1;
            int goal = to.last().equals(END) ? last : Indexes.parse(to.last());
            if (goal < 0 || goal > last) {
                throw JsonEdit.index(to.last(), last, refusal);
            }
            operations.move(list, source, goal);
        }
        return one;
    }
}
