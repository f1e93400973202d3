package dev.sheaf.node.context;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The masks that a decision lays over the documents of a type. A mask covers its place and all
/// below it; of several that name a place, the strictest counts. Immutable; for any thread.
final class FieldMasks {
    /// Everything is shown as it is.
    static final FieldMasks NONE = new FieldMasks(List.of());

    private final List<Placed> places;

    private record Placed(PlacePattern pattern, Mask mask) {}

    private FieldMasks(List<Placed> places) {
        this.places = places;
    }

    /// Nothing is shown at all: of callers who may write and not read.
    static FieldMasks all() {
        return new FieldMasks(List.of(new Placed(new PlacePattern(List.of()), new Mask.Nothing())));
    }

    /// @param masks by the pointers of fields; a name without a slash is that of a member of the
    ///   document itself
    /// @throws Problem INVALID_VALUE when a name is no pointer
    static FieldMasks of(Map<String, Mask> masks) {
        if (masks.isEmpty()) {
            return NONE;
        }
        List<Placed> places = new ArrayList<>();
        masks.forEach((name, mask) ->
                places.add(
                        new Placed(
                                name.isEmpty() || name.startsWith("/")
                                        ? PlacePattern.parse(name)
                                        : new PlacePattern(List.of(name)),
                                mask)));
        places.sort(
                Comparator.<Placed>comparingInt(place -> severity(place.mask()))
                        .thenComparing(place -> place.pattern().toString()));
        return new FieldMasks(List.copyOf(places));
    }

    private static int severity(Mask mask) {
        return switch (mask) {
            case Mask.Nothing _, Mask.Sql _ -> 0;
            case Mask.Fixed _ -> 1;
            case Mask.Hash _ -> 2;
            case Mask.Tokenise _ -> 3;
            case Mask.ToPeriod _, Mask.ToRange _ -> 4;
            case Mask.Partial _ -> 5;
        };
    }

    boolean isNone() {
        return places.isEmpty();
    }

    /// Whether not even what is not masked by name can be seen.
    boolean isAll() {
        return places.stream().anyMatch(place -> place.pattern().steps().isEmpty());
    }

    /// The masked places, each a pointer.
    List<String> pointers() {
        return places.stream().map(place -> place.pattern().toString()).sorted().toList();
    }

    /// Whether the place, something below it or something around it is masked.
    boolean touches(String pointer) {
        return !isNone() && touches(JsonPointers.parse(pointer));
    }

    boolean touches(List<String> steps) {
        return places.stream()
                .anyMatch(place ->
                        place.pattern()
                                .agrees(
                                        steps,
                                        Math.min(place.pattern().steps().size(), steps.size())));
    }

    /// Whether this very place is masked.
    boolean isAt(List<String> steps) {
        return places.stream().anyMatch(place -> isAt(place, steps));
    }

    /// As much of a pointer as is shown: up to the first masked place on the way.
    String shown(String pointer) {
        List<String> steps = JsonPointers.parse(pointer);
        for (int length = 0; length < steps.size(); length++) {
            List<String> way = steps.subList(0, length);
            if (isAt(way)) {
                return JsonPointers.of(way);
            }
        }
        return pointer;
    }

    private static boolean isAt(Placed place, List<String> steps) {
        return place.pattern().steps().size() == steps.size()
                && place.pattern().agrees(steps, steps.size());
    }

    /// A document as it is shown. The given one stays as it is.
    JsonNode apply(JsonNode document, ValueMasks values) {
        return isNone() ? document : applied(places, 0, document, values);
    }

    /// A value at a place as it is shown.
    JsonNode applyAt(String pointer, JsonNode value, ValueMasks values) {
        if (isNone()) {
            return value;
        }
        List<String> steps = JsonPointers.parse(pointer);
        List<Placed> active = places;
        for (int depth = 0; depth < steps.size(); depth++) {
            for (Placed place : active) {
                if (place.pattern().steps().size() == depth) {
                    return values.mask(place.mask(), value);
                }
            }
            active = below(active, depth, steps.get(depth));
        }
        return applied(active, steps.size(), value, values);
    }

    /// @param active those that agree with the way so far, the strictest first
    private static JsonNode applied(
            List<Placed> active, int depth, JsonNode value, ValueMasks values) {
        for (Placed place : active) {
            if (place.pattern().steps().size() == depth) {
                return values.mask(place.mask(), value);
            }
        }
        if (active.isEmpty() || !value.isContainer()) {
            return value;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                shown.set(
                        member.getKey(),
                        applied(
                                below(active, depth, member.getKey()),
                                depth + 1,
                                member.getValue(),
                                values));
            }
            return shown;
        }
        ArrayNode shown = JsonNodeFactory.instance.arrayNode(value.size());
        for (int index = 0; index < value.size(); index++) {
            shown.add(
                    applied(
                            below(active, depth, Integer.toString(index)),
                            depth + 1,
                            value.get(index),
                            values));
        }
        return shown;
    }

    private static List<Placed> below(List<Placed> active, int depth, String step) {
        List<Placed> agreeing = new ArrayList<>(active.size());
        for (Placed place : active) {
            String wanted = place.pattern().steps().get(depth);
            if (wanted.equals(PlacePattern.ANY) || wanted.equals(step)) {
                agreeing.add(place);
            }
        }
        return agreeing;
    }
}
