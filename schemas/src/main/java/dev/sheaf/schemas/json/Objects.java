package dev.sheaf.schemas.json;

import com.google.re2j.Pattern;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which schemas of one place a property's value must keep to.
final class Objects {
    private Objects() {}

    /// Empty when a pattern of the place says what RE2 cannot, so that it is not known.
    static Optional<Set<Place>> certain(Place place, String name) {
        Set<Place> schemas = new LinkedHashSet<>();
        Keywords.property(place, name).ifPresent(schemas::add);
        for (Map.Entry<String, Place> each :
                Keywords.byName(place, "patternProperties").entrySet()) {
            Optional<Pattern> pattern = Keywords.pattern(each.getKey());
            if (pattern.isEmpty()) {
                return Optional.empty();
            }
            if (pattern.get().matcher(name).find()) {
                schemas.add(each.getValue());
            }
        }
        if (schemas.isEmpty()) {
            schemas.add(Keywords.orTrue(place, "additionalProperties"));
        }
        return Optional.of(schemas);
    }

    /// Those that it must keep to for sure; more may be allowed than these say.
    static Set<Place> atLeast(Place place, String name) {
        Set<Place> schemas = new LinkedHashSet<>();
        Keywords.property(place, name).ifPresent(schemas::add);
        boolean isKnown = true;
        for (Map.Entry<String, Place> each :
                Keywords.byName(place, "patternProperties").entrySet()) {
            Optional<Pattern> pattern = Keywords.pattern(each.getKey());
            isKnown &= pattern.isPresent();
            if (pattern.isPresent() && pattern.get().matcher(name).find()) {
                schemas.add(each.getValue());
            }
        }
        if (schemas.isEmpty() && isKnown) {
            schemas.add(Keywords.orTrue(place, "additionalProperties"));
        }
        return schemas;
    }
}
