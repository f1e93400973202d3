package dev.sheaf.context.type;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.schema.Place;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a pattern leads in a schema: to one place, or with `*` to several.
final class SchemaPlaces {
    private static final int PLACES_MAX = 1_000;

    private final List<Place> places;
    private final Optional<String> fault;

    private SchemaPlaces(List<Place> places, Optional<String> fault) {
        this.places = places;
        this.fault = fault;
    }

    static SchemaPlaces find(Place root, PlacePattern pattern) {
        Set<Place> here = new LinkedHashSet<>(List.of(root));
        for (String step : pattern.steps()) {
            Set<Place> below = new LinkedHashSet<>();
            for (Place place : here) {
                below.addAll(below(place, step));
            }
            below.removeIf(place -> place.types().isEmpty());
            if (below.isEmpty()) {
                return new SchemaPlaces(List.of(), Optional.of(missing(here, step)));
            }
            here = below.size() > PLACES_MAX ? first(below) : below;
        }
        return new SchemaPlaces(List.copyOf(here), Optional.empty());
    }

    private static Set<Place> first(Set<Place> places) {
        return new LinkedHashSet<>(new ArrayList<>(places).subList(0, PLACES_MAX));
    }

    private static List<Place> below(Place place, String step) {
        List<Place> below = new ArrayList<>();
        boolean any = step.equals(PlacePattern.ANY);
        if (place.allowsAnyOf("object")) {
            if (any) {
                place.names().forEach(name -> below.add(place.member(name)));
                below.add(place.otherMember());
            } else {
                below.add(place.member(step));
            }
        }
        if (any && place.allowsAnyOf("array")) {
            below.add(place.element());
        }
        return below;
    }

    private static String missing(Set<Place> places, String step) {
        boolean list = places.stream().allMatch(place -> place.allowsAnyOf("array"));
        if (list && step.matches("\\d+|-")) {
            return "names an element by '" + step + "'; write * for the elements of a list";
        }
        Set<String> names = new LinkedHashSet<>();
        places.forEach(place -> names.addAll(place.names()));
        return "names a place that the schema does not allow, from '"
                + JsonValues.shown(step)
                + "' on"
                + NearMiss.hint(step, names)
                + (names.isEmpty() ? "" : "; there: " + String.join(", ", names));
    }

    /// Why the pattern leads nowhere.
    Optional<String> fault() {
        return fault;
    }

    boolean allowAnyOf(String... types) {
        return places.stream().anyMatch(place -> place.allowsAnyOf(types));
    }

    /// The types that the schema allows there, for a message.
    String types() {
        Set<String> types = new LinkedHashSet<>();
        places.forEach(place -> types.addAll(place.types()));
        return String.join(", ", types);
    }
}
