package dev.sheaf.schemas.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Whether two schemas have no value in common, or one has none, as far as it is seen easily:
/// types, values, ranges, and properties that cannot be.
final class Disjoint {
    private static final int DEPTH_MAX = 6;

    private Disjoint() {}

    static boolean are(Place place, Alternative written) {
        return are(place, written, 0);
    }

    private static boolean are(Place place, Alternative written, int depth) {
        if (depth > DEPTH_MAX) {
            return false;
        }
        if (written.value().isPresent()) {
            return isCertain(place) && !Values.allows(place, written.value().get());
        }
        Optional<List<Alternative>> kinds = Alternatives.of(List.of(place));
        return kinds.isPresent()
                && kinds.get().stream().allMatch(kind -> apart(kind, written, depth));
    }

    /// Whether [Values] can be believed when it says no.
    private static boolean isCertain(Place place) {
        return !place.node().toString().contains("attern") && !place.has("unevaluatedProperties");
    }

    private static boolean apart(Alternative one, Alternative other, int depth) {
        if (one.type() != other.type()) {
            return true;
        }
        if (one.value().isPresent()) {
            return other.all().stream()
                    .anyMatch(
                            place -> isCertain(place) && !Values.allows(place, one.value().get()));
        }
        return switch (one.type()) {
            case NULL, BOOLEAN -> false;
            case INTEGER, FRACTION ->
                    isEmpty(
                            Bound.lower(one.lower(), other.lower()),
                            Bound.upper(one.upper(), other.upper()));
            case STRING -> isCounted(one, other, "minLength", "maxLength");
            case ARRAY -> isCounted(one, other, "minItems", "maxItems");
            case OBJECT ->
                    isCounted(one, other, "minProperties", "maxProperties")
                            || members(one, other, depth)
                            || members(other, one, depth);
        };
    }

    /// Whether a property that one demands cannot be what the other says of it.
    private static boolean members(Alternative one, Alternative other, int depth) {
        for (String name : one.required()) {
            Optional<List<Alternative>> kinds = Alternatives.of(one.property(name));
            Optional<List<Alternative>> others = Alternatives.of(other.property(name));
            if (kinds.isPresent()
                    && others.isPresent()
                    && kinds.get().stream()
                            .allMatch(kind ->
                                    others.get().stream()
                                            .allMatch(each ->
                                                    depth < DEPTH_MAX
                                                            && apart(kind, each, depth + 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmpty(Optional<Bound> lower, Optional<Bound> upper) {
        return lower.isPresent() && upper.isPresent() && lower.get().isAbove(upper.get());
    }

    private static boolean isCounted(Alternative one, Alternative other, String min, String max) {
        return isOver(one.atLeast(min), other.atMost(max))
                || isOver(other.atLeast(min), one.atMost(max));
    }

    private static boolean isOver(Optional<BigDecimal> least, Optional<BigDecimal> most) {
        return least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0;
    }

    /// Whether no value is of this kind.
    static boolean isEmpty(Alternative kind) {
        return switch (kind.type()) {
            case NULL, BOOLEAN -> false;
            case INTEGER, FRACTION -> isEmpty(kind.lower(), kind.upper());
            case STRING -> isOver(kind.atLeast("minLength"), kind.atMost("maxLength"));
            case ARRAY -> isOver(kind.atLeast("minItems"), kind.atMost("maxItems"));
            case OBJECT ->
                    isOver(kind.atLeast("minProperties"), kind.atMost("maxProperties"))
                            || kind.required().stream()
                                    .anyMatch(name ->
                                            kind.property(name).stream().anyMatch(Place::isFalse));
        };
    }
}
