package dev.sheaf.schemas.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What keywords of one schema mean, whichever draft spells them.
final class Keywords {
    private static final int PATTERNS_MAX = 4096;
    private static final Map<String, Optional<Pattern>> PATTERNS = new ConcurrentHashMap<>();

    private Keywords() {}

    static Set<JsonType> types(Place place) {
        JsonNode type = place.get("type");
        if (type.isString()) {
            return JsonType.named(type.stringValue());
        }
        if (!type.isArray()) {
            return JsonType.ALL;
        }
        Set<JsonType> all = EnumSet.noneOf(JsonType.class);
        type.forEach(word -> all.addAll(JsonType.named(word.asString(""))));
        return all;
    }

    /// The values of `enum` or `const`; empty when any will do.
    static Optional<Set<JsonNode>> values(Place place) {
        return place.has("const") || place.has("enum")
                ? place.document().values(place)
                : Optional.empty();
    }

    static Optional<Set<JsonNode>> readValues(Place place) {
        if (place.has("const")) {
            return Optional.of(Set.of(Values.comparable(place.get("const"))));
        }
        if (!place.get("enum").isArray()) {
            return Optional.empty();
        }
        Set<JsonNode> values = new LinkedHashSet<>();
        place.get("enum").forEach(value -> values.add(Values.comparable(value)));
        return Optional.of(values);
    }

    static List<Place> all(Place place, String keyword) {
        List<Place> schemas = new ArrayList<>();
        place.get(keyword).forEach(schema -> schemas.add(place.at(schema)));
        return schemas;
    }

    static Map<String, Place> byName(Place place, String keyword) {
        Map<String, Place> schemas = new LinkedHashMap<>();
        if (place.get(keyword).isObject()) {
            place.get(keyword)
                    .properties()
                    .forEach(member -> schemas.put(member.getKey(), place.at(member.getValue())));
        }
        return schemas;
    }

    /// The schema of a property by its very name.
    static Optional<Place> property(Place place, String name) {
        JsonNode schema = place.get("properties").path(name);
        return schema.isMissingNode() ? Optional.empty() : Optional.of(place.at(schema));
    }

    /// A schema, or one that allows everything where none stands.
    static Place orTrue(Place place, String keyword) {
        return place.has(keyword) ? place.at(place.get(keyword)) : place.at(BooleanNode.TRUE);
    }

    static Optional<Bound> lower(Place place) {
        return Bound.lower(
                bound(place, "minimum", "exclusiveMinimum", false),
                bound(place, "exclusiveMinimum", "", true));
    }

    static Optional<Bound> upper(Place place) {
        return Bound.upper(
                bound(place, "maximum", "exclusiveMaximum", false),
                bound(place, "exclusiveMaximum", "", true));
    }

    /// Draft 4 has booleans that make the other keyword exclusive.
    private static Optional<Bound> bound(
            Place place, String keyword, String exclusive, boolean isExclusive) {
        JsonNode value = place.get(keyword);
        if (!value.isNumber()) {
            return Optional.empty();
        }
        boolean isMadeExclusive = !exclusive.isEmpty() && place.get(exclusive).asBoolean(false);
        return Optional.of(new Bound(value.decimalValue(), isExclusive || isMadeExclusive));
    }

    static Optional<BigDecimal> number(Place place, String keyword) {
        JsonNode value = place.get(keyword);
        return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
    }

    /// Schemas of an array's first elements.
    static List<Place> first(Place place) {
        if (place.has("prefixItems")) {
            return all(place, "prefixItems");
        }
        return place.get("items").isArray() ? all(place, "items") : List.of();
    }

    /// The schema of all elements after the first.
    static Place rest(Place place) {
        return place.get("items").isArray() && !place.has("prefixItems")
                ? orTrue(place, "additionalItems")
                : orTrue(place, "items");
    }

    static Set<String> required(Place place) {
        return texts(place.get("required"));
    }

    static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        if (list.isArray()) {
            list.forEach(text -> texts.add(text.asString("")));
        }
        return texts;
    }

    /// What must be there when a property is.
    static Map<String, Set<String>> dependentNames(Place place) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (String keyword : List.of("dependentRequired", "dependencies")) {
            byName(place, keyword)
                    .forEach((name, list) -> {
                        if (list.node().isArray()) {
                            names.computeIfAbsent(name, _ -> new HashSet<>())
                                    .addAll(texts(list.node()));
                        }
                    });
        }
        return names;
    }

    /// What an object must be when it has a property.
    static Map<String, Place> dependentSchemas(Place place) {
        Map<String, Place> schemas = byName(place, "dependentSchemas");
        byName(place, "dependencies")
                .forEach((name, schema) -> {
                    if (!schema.node().isArray()) {
                        schemas.putIfAbsent(name, schema);
                    }
                });
        return schemas;
    }

    /// The expression, compiled; empty when it says what RE2 cannot, such as looking ahead.
    static Optional<Pattern> pattern(String text) {
        if (PATTERNS.size() > PATTERNS_MAX) {
            PATTERNS.clear();
        }
        return PATTERNS.computeIfAbsent(text, Keywords::compile);
    }

    private static Optional<Pattern> compile(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
