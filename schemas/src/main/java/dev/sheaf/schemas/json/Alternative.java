package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/// One of the kinds of values that a schema allows: of one type, and allowed by several schemas at
/// once; or a single value.
///
/// @param all the schemas that all hold; their keywords of combination are resolved already
/// @param value empty when there are many
/// @param isChosen whether it came from one branch of a `oneOf`, whose author means that no other
///   branch holds
/// @param held what `if` said, by its node: whether it held
record Alternative(
        List<Place> all,
        JsonType type,
        Optional<JsonNode> value,
        boolean isChosen,
        List<Condition> held) {
    /// What is known of an `if`.
    record Condition(JsonNode condition, boolean isTrue) {}

    Alternative {
        all = List.copyOf(all);
        held = List.copyOf(held);
    }

    Optional<Bound> lower() {
        return all.stream().map(Keywords::lower).reduce(Optional.empty(), Bound::lower);
    }

    Optional<Bound> upper() {
        return all.stream().map(Keywords::upper).reduce(Optional.empty(), Bound::upper);
    }

    /// The greatest value of a keyword that demands at least so many.
    Optional<BigDecimal> atLeast(String keyword) {
        return number(keyword, BigDecimal::max);
    }

    /// The smallest value of a keyword that allows at most so many.
    Optional<BigDecimal> atMost(String keyword) {
        return number(keyword, BigDecimal::min);
    }

    private Optional<BigDecimal> number(String keyword, BinaryOperator<BigDecimal> choice) {
        return all.stream()
                .map(place -> Keywords.number(place, keyword))
                .flatMap(Optional::stream)
                .reduce(choice);
    }

    /// Whether one of the schemas has a keyword with this very value.
    boolean has(String keyword, JsonNode value) {
        return all.stream().anyMatch(place -> place.get(keyword).equals(value));
    }

    Set<String> required() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(place -> names.addAll(Keywords.required(place)));
        return names;
    }

    /// Names that some schema says something of.
    Set<String> properties() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(place -> names.addAll(Keywords.byName(place, "properties").keySet()));
        return names;
    }

    /// All patterns of names that some schema says something of.
    Set<String> patterns() {
        Set<String> patterns = new LinkedHashSet<>();
        all.forEach(place -> patterns.addAll(Keywords.byName(place, "patternProperties").keySet()));
        return patterns;
    }

    /// What holds of the value of a property.
    List<Place> property(String name) {
        List<Place> schemas = new ArrayList<>();
        all.forEach(place -> schemas.addAll(Objects.atLeast(place, name)));
        return schemas;
    }

    /// What holds of properties whose names match this very pattern.
    List<Place> pattern(String pattern) {
        List<Place> schemas = new ArrayList<>();
        for (Place place : all) {
            Place schema = Keywords.byName(place, "patternProperties").get(pattern);
            if (schema != null) {
                schemas.add(schema);
            }
        }
        return schemas;
    }

    /// What holds of properties that no schema says anything of.
    List<Place> others() {
        return all.stream().map(place -> Keywords.orTrue(place, "additionalProperties")).toList();
    }

    /// Of how many first elements something is said.
    int first() {
        return all.stream().mapToInt(place -> Keywords.first(place).size()).max().orElse(0);
    }

    List<Place> element(int index) {
        List<Place> schemas = new ArrayList<>();
        for (Place place : all) {
            List<Place> first = Keywords.first(place);
            schemas.add(index < first.size() ? first.get(index) : Keywords.rest(place));
        }
        return schemas;
    }

    /// What holds of all elements from some index on.
    List<Place> rest() {
        return all.stream().map(Keywords::rest).toList();
    }

    List<Place> excluded() {
        return all.stream()
                .filter(place -> place.has("not"))
                .map(place -> Keywords.orTrue(place, "not"))
                .toList();
    }

    /// The schemas without their `oneOf`: all of the branch that was chosen, of whatever type.
    List<Place> branch() {
        return all.stream()
                .map(place ->
                        place.node() instanceof ObjectNode node && node.has("oneOf")
                                ? place.at(node.objectNode().setAll(node).without("oneOf"))
                                : place)
                .toList();
    }

    Alternative and(Place place) {
        List<Place> more = new ArrayList<>(all);
        more.add(place);
        return new Alternative(more, type, value, isChosen, held);
    }
}
