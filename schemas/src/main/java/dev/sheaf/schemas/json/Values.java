package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a schema allows a value: for the values of `enum` and `const`. What cannot be found out
/// (patterns that RE2 does not know) counts as not allowed.
final class Values {
    private static final int DEPTH_MAX = 100;

    private Values() {}

    /// A value in a form in which 1 and 1.0 are equal.
    static JsonNode comparable(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            boolean isShort = number.precision() < 1000;
            return JsonNodeFactory.instance.numberNode(
                    isShort ? number.stripTrailingZeros() : number);
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(comparable(element)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(member -> object.set(member.getKey(), comparable(member.getValue())));
            return object;
        }
        return value;
    }

    static boolean allows(Place place, JsonNode value) {
        return allows(place, value, 0);
    }

    private static boolean allows(Place place, JsonNode value, int depth) {
        if (place.isTrue()) {
            return true;
        }
        if (place.isFalse() || depth > DEPTH_MAX) {
            return false;
        }
        if (place.isReference() && !allows(place.target(), value, depth + 1)) {
            return false;
        }
        if (place.isNothingButReference()) {
            return true;
        }
        JsonType type = JsonType.of(value);
        return Keywords.types(place).contains(type)
                && Keywords.values(place).map(all -> all.contains(comparable(value))).orElse(true)
                && combinations(place, value, depth)
                && switch (type) {
                    case NULL, BOOLEAN -> true;
                    case INTEGER, FRACTION -> number(place, value.decimalValue());
                    case STRING -> string(place, value.stringValue());
                    case ARRAY -> array(place, value, depth);
                    case OBJECT -> object(place, value, depth);
                };
    }

    private static boolean combinations(Place place, JsonNode value, int depth) {
        boolean isAll =
                Keywords.all(place, "allOf").stream()
                        .allMatch(each -> allows(each, value, depth + 1));
        boolean isAny =
                !place.has("anyOf")
                        || Keywords.all(place, "anyOf").stream()
                                .anyMatch(each -> allows(each, value, depth + 1));
        boolean isOne =
                !place.has("oneOf")
                        || Keywords.all(place, "oneOf").stream()
                                        .filter(each -> allows(each, value, depth + 1))
                                        .count()
                                == 1;
        boolean isNot =
                !place.has("not") || !allows(Keywords.orTrue(place, "not"), value, depth + 1);
        if (!isAll || !isAny || !isOne || !isNot || !place.has("if")) {
            return isAll && isAny && isOne && isNot;
        }
        boolean isIf = allows(Keywords.orTrue(place, "if"), value, depth + 1);
        return allows(Keywords.orTrue(place, isIf ? "then" : "else"), value, depth + 1);
    }

    private static boolean number(Place place, BigDecimal number) {
        Bound exact = new Bound(number, false);
        return Keywords.lower(place).map(bound -> bound.allowsBelow(exact)).orElse(true)
                && Keywords.upper(place).map(bound -> bound.allowsAbove(exact)).orElse(true)
                && Keywords.number(place, "multipleOf")
                        .map(step -> Numbers.isMultiple(number, step))
                        .orElse(true);
    }

    private static boolean string(Place place, String text) {
        return isCount(place, text.codePointCount(0, text.length()), "minLength", "maxLength")
                && (!place.get("pattern").isString()
                        || Keywords.pattern(place.get("pattern").stringValue())
                                .map(pattern -> pattern.matcher(text).find())
                                .orElse(false));
    }

    private static boolean isCount(Place place, int count, String min, String max) {
        BigDecimal number = BigDecimal.valueOf(count);
        return Keywords.number(place, min).map(least -> least.compareTo(number) <= 0).orElse(true)
                && Keywords.number(place, max)
                        .map(most -> most.compareTo(number) >= 0)
                        .orElse(true);
    }

    private static boolean array(Place place, JsonNode array, int depth) {
        if (!isCount(place, array.size(), "minItems", "maxItems")) {
            return false;
        }
        List<Place> first = Keywords.first(place);
        for (int i = 0; i < array.size(); i++) {
            Place schema = i < first.size() ? first.get(i) : Keywords.rest(place);
            if (!allows(schema, array.path(i), depth + 1)) {
                return false;
            }
        }
        if (place.get("uniqueItems").asBoolean(false)) {
            Set<JsonNode> seen = new HashSet<>();
            for (JsonNode element : array) {
                if (!seen.add(comparable(element))) {
                    return false;
                }
            }
        }
        if (!place.has("contains")) {
            return true;
        }
        int found = 0;
        for (JsonNode element : array) {
            found += allows(Keywords.orTrue(place, "contains"), element, depth + 1) ? 1 : 0;
        }
        return found >= place.get("minContains").asInt(1)
                && found <= place.get("maxContains").asInt(Integer.MAX_VALUE);
    }

    private static boolean object(Place place, JsonNode object, int depth) {
        if (!isCount(place, object.size(), "minProperties", "maxProperties")
                || place.has("unevaluatedProperties")
                || !Keywords.required(place).stream().allMatch(object::has)) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member(place, member.getKey(), member.getValue(), depth)) {
                return false;
            }
        }
        return Keywords.dependentNames(place).entrySet().stream()
                        .filter(each -> object.has(each.getKey()))
                        .allMatch(each -> each.getValue().stream().allMatch(object::has))
                && Keywords.dependentSchemas(place).entrySet().stream()
                        .filter(each -> object.has(each.getKey()))
                        .allMatch(each -> allows(each.getValue(), object, depth + 1));
    }

    private static boolean member(Place place, String name, JsonNode value, int depth) {
        Optional<Set<Place>> schemas = Objects.certain(place, name);
        return schemas.isPresent()
                && schemas.get().stream().allMatch(schema -> allows(schema, value, depth + 1))
                && allows(
                        Keywords.orTrue(place, "propertyNames"),
                        JsonNodeFactory.instance.stringNode(name),
                        depth + 1);
    }
}
