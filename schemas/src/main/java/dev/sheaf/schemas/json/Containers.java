package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The reader's keywords for arrays and objects against what was written.
final class Containers {
    private static final long MATCHES_MAX = 1_000_000;

    private final JsonComparison comparison;

    Containers(JsonComparison comparison) {
        this.comparison = comparison;
    }

    boolean array(Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = items(reader, written, path, findings);
        isCovered &= arrayCounts(reader, written, path, findings);
        if (reader.get("uniqueItems").asBoolean(false)
                && written.all().stream()
                        .noneMatch(place -> place.get("uniqueItems").asBoolean(false))
                && written.atMost("maxItems").map(most -> most.intValue() > 1).orElse(true)) {
            isCovered =
                    findings.add(
                            path,
                            "UNIQUE_ITEMS_ADDED",
                            "the reader allows no element twice, the writer does");
        }
        if (reader.has("contains") && !contains(reader, written, path)) {
            isCovered =
                    findings.add(
                            path,
                            "CONTAINS_CHANGED",
                            "the reader wants elements (contains) that the writer does not"
                                    + " promise");
        }
        return isCovered & unevaluated(reader, written, path, findings, "unevaluatedItems");
    }

    private static boolean arrayCounts(
            Place reader, Alternative written, String path, Findings findings) {
        boolean isClosed = written.rest().stream().anyMatch(Place::isFalse);
        Optional<BigDecimal> most = Keywords.number(reader, "maxItems");
        if (isClosed
                && most.isPresent()
                && most.get().compareTo(BigDecimal.valueOf(written.first())) >= 0
                && !reader.has("minItems")) {
            return true;
        }
        return Scalars.counts(reader, written, path, findings, "minItems", "maxItems");
    }

    private boolean items(Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = true;
        List<Place> first = Keywords.first(reader);
        Place rest = Keywords.rest(reader);
        int count = Math.max(first.size(), written.first());
        int most =
                written.atMost("maxItems")
                        .map(limit -> limit.min(BigDecimal.valueOf(count)).intValue())
                        .orElse(count);
        for (int i = 0; i < most; i++) {
            List<Place> element = written.element(i);
            if (element.stream().anyMatch(Place::isFalse)) {
                return isCovered; // no element here, nor after it
            }
            isCovered &=
                    comparison.covers(
                            i < first.size() ? first.get(i) : rest,
                            element,
                            path + "/items/" + i,
                            findings);
        }
        boolean isShort =
                written.atMost("maxItems")
                        .map(limit -> limit.compareTo(BigDecimal.valueOf(count)) <= 0)
                        .orElse(false);
        return isCovered
                & (isShort || comparison.covers(rest, written.rest(), path + "/items", findings));
    }

    private boolean contains(Place reader, Alternative written, String path) {
        Place wanted = Keywords.orTrue(reader, "contains");
        int least = reader.get("minContains").asInt(1);
        Optional<BigDecimal> most = Keywords.number(reader, "maxContains");
        for (Place place : written.all()) {
            if (place.has("contains")
                    && place.get("minContains").asInt(1) >= least
                    && most.map(limit ->
                                    Keywords.number(place, "maxContains")
                                                    .map(other -> other.compareTo(limit) <= 0)
                                                    .orElse(false)
                                            && place.get("contains").equals(wanted.node()))
                            .orElse(true)
                    && comparison.covers(
                            wanted,
                            List.of(Keywords.orTrue(place, "contains")),
                            path,
                            new Findings())) {
                return true;
            }
        }
        boolean isLong =
                written.atLeast("minItems")
                        .map(count -> count.compareTo(BigDecimal.valueOf(least)) >= 0)
                        .orElse(least == 0);
        return most.isEmpty()
                && isLong
                && written.first() == 0
                && (least == 0 || comparison.covers(wanted, written.rest(), path, new Findings()));
    }

    boolean object(Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = true;
        Set<String> missing = new LinkedHashSet<>(Keywords.required(reader));
        missing.removeAll(written.required());
        for (String name : missing) {
            isCovered =
                    findings.add(
                            path + "/properties/" + Paths.step(name),
                            "REQUIRED_ADDED",
                            "the reader requires the property '"
                                    + name
                                    + "', the writer need not write it");
        }
        isCovered &= properties(reader, written, path, findings);
        isCovered &= objectCounts(reader, written, path, findings);
        if (reader.has("propertyNames")) {
            isCovered &= names(reader, written, path, findings);
        }
        isCovered &= dependencies(reader, written, path, findings);
        return isCovered & unevaluated(reader, written, path, findings, "unevaluatedProperties");
    }

    private boolean properties(Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = true;
        Map<String, Place> own = Keywords.byName(reader, "properties");
        Map<String, Place> patterns = Keywords.byName(reader, "patternProperties");
        Set<String> names = new LinkedHashSet<>(own.keySet());
        names.addAll(written.properties());
        if ((long) names.size() * (patterns.size() + written.patterns().size()) > MATCHES_MAX) {
            return findings.add(
                    path, "TOO_LARGE", "the schemas have too many names and patterns to compare");
        }
        for (String name : names) {
            List<Place> schemas = written.property(name);
            if (schemas.stream().anyMatch(Place::isFalse)) {
                continue; // never written
            }
            for (Place wanted : wanted(reader, name)) {
                isCovered &=
                        comparison.covers(
                                wanted,
                                schemas,
                                path + "/properties/" + Paths.step(name),
                                findings);
            }
        }
        for (Map.Entry<String, Place> each : patterns.entrySet()) {
            List<Place> schemas = written.pattern(each.getKey());
            isCovered &=
                    comparison.covers(
                            each.getValue(),
                            schemas.isEmpty() ? loose(written) : schemas,
                            path + "/patternProperties/" + Paths.step(each.getKey()),
                            findings);
        }
        Place others = Keywords.orTrue(reader, "additionalProperties");
        for (String pattern : written.patterns()) {
            if (!patterns.containsKey(pattern)) {
                isCovered &=
                        comparison.covers(
                                others,
                                written.pattern(pattern),
                                path + "/patternProperties/" + Paths.step(pattern),
                                findings);
            }
        }
        return isCovered
                & comparison.covers(
                        others, written.others(), path + "/additionalProperties", findings);
    }

    /// What the reader wants of a property; with patterns that cannot be run, all that it may.
    private static Set<Place> wanted(Place reader, String name) {
        return Objects.certain(reader, name)
                .orElseGet(() -> {
                    Set<Place> all = new LinkedHashSet<>(Objects.atLeast(reader, name));
                    all.addAll(Keywords.byName(reader, "patternProperties").values());
                    all.add(Keywords.orTrue(reader, "additionalProperties"));
                    return all;
                });
    }

    /// What holds of a property of which it is not known whether a pattern of the writer takes it.
    private static List<Place> loose(Alternative written) {
        return written.all().stream()
                .filter(place -> Keywords.byName(place, "patternProperties").isEmpty())
                .map(place -> Keywords.orTrue(place, "additionalProperties"))
                .toList();
    }

    private static boolean objectCounts(
            Place reader, Alternative written, String path, Findings findings) {
        boolean isClosed =
                written.patterns().isEmpty() && written.others().stream().anyMatch(Place::isFalse);
        int required = written.required().size();
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        known.put("minProperties", required);
        if (isClosed) {
            known.put("maxProperties", written.properties().size());
        }
        return Scalars.counts(
                reader,
                written.and(reader.at(known)),
                path,
                findings,
                "minProperties",
                "maxProperties");
    }

    private boolean names(Place reader, Alternative written, String path, Findings findings) {
        Place wanted = Keywords.orTrue(reader, "propertyNames");
        if (written.patterns().isEmpty() && written.others().stream().anyMatch(Place::isFalse)) {
            boolean isCovered = true;
            for (String name : written.properties()) {
                if (!Values.allows(wanted, JsonNodeFactory.instance.stringNode(name))) {
                    isCovered =
                            findings.add(
                                    path + "/properties/" + Paths.step(name),
                                    "NAME_NOT_ALLOWED",
                                    "the reader's propertyNames do not allow this name");
                }
            }
            return isCovered;
        }
        List<Place> names = new ArrayList<>();
        names.add(reader.at(JsonNodeFactory.instance.objectNode().put("type", "string")));
        written.all().stream()
                .filter(place -> place.has("propertyNames"))
                .forEach(place -> names.add(Keywords.orTrue(place, "propertyNames")));
        return comparison.covers(wanted, names, path + "/propertyNames", findings);
    }

    private boolean dependencies(
            Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = true;
        for (Map.Entry<String, Set<String>> each : Keywords.dependentNames(reader).entrySet()) {
            Set<String> present = new LinkedHashSet<>(written.required());
            written.all()
                    .forEach(place ->
                            present.addAll(
                                    Keywords.dependentNames(place)
                                            .getOrDefault(each.getKey(), Set.of())));
            present.add(each.getKey());
            if (!present.containsAll(each.getValue()) && mayHave(written, each.getKey())) {
                isCovered =
                        findings.add(
                                path + "/properties/" + Paths.step(each.getKey()),
                                "DEPENDENCY_ADDED",
                                "with it the reader requires "
                                        + each.getValue()
                                        + ", the writer does not");
            }
        }
        for (Map.Entry<String, Place> each : Keywords.dependentSchemas(reader).entrySet()) {
            if (mayHave(written, each.getKey())) {
                isCovered &=
                        comparison.covers(
                                each.getValue(),
                                having(written, each.getKey()).all(),
                                path + "/dependentSchemas/" + Paths.step(each.getKey()),
                                findings);
            }
        }
        return isCovered;
    }

    private static boolean mayHave(Alternative written, String name) {
        return written.property(name).stream().noneMatch(Place::isFalse);
    }

    /// What was written, where it has a property.
    private static Alternative having(Alternative written, String name) {
        ArrayNode required = JsonNodeFactory.instance.arrayNode().add(name);
        ObjectNode has = JsonNodeFactory.instance.objectNode();
        has.put("type", "object");
        has.set("required", required);
        Alternative more = written.and(written.all().getFirst().at(has));
        for (Place place : written.all()) {
            Place schema = Keywords.dependentSchemas(place).get(name);
            if (schema != null) {
                more = more.and(schema);
            }
        }
        return more;
    }

    /// What depends on all that is said elsewhere is compared as it is written.
    private static boolean unevaluated(
            Place reader, Alternative written, String path, Findings findings, String keyword) {
        if (Keywords.orTrue(reader, keyword).isTrue()) {
            return true;
        }
        JsonNode sorted = Sorted.of(reader.node());
        return written.all().stream().anyMatch(place -> Sorted.of(place.node()).equals(sorted))
                || findings.add(
                        path,
                        "UNEVALUATED_CHANGED",
                        "the reader's "
                                + keyword
                                + " is compared only with a schema that is the same otherwise");
    }
}
