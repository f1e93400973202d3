package dev.sheaf.node.lineage;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.EntityName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A version of an AI model and what it was trained on. Kept as an event of OpenLineage whose job
/// is the model, with a facet of our own, so that all of it is in one place and counts like any
/// other lineage.
///
/// @param inputs products as a whole
/// @param columns of products
/// @param region where it was registered
record Model(
        String name,
        String version,
        String domain,
        Optional<String> description,
        List<EntityName> inputs,
        List<ColumnName> columns,
        Map<String, String> tags,
        String by,
        Instant at,
        String region) {
    private static final String FACET = "sheafModel";
    private static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
    private static final String PRODUCER = "https://sheaf.dev/node";

    Model {
        inputs = List.copyOf(inputs);
        columns = List.copyOf(columns);
        tags = Map.copyOf(tags);
    }

    /// All products it was trained on.
    Set<EntityName> products() {
        Set<EntityName> all = new LinkedHashSet<>(inputs);
        columns.forEach(column -> all.add(column.dataset()));
        return all;
    }

    /// The same, made from something else.
    Model trainedOn(List<EntityName> otherInputs, List<ColumnName> otherColumns) {
        return new Model(
                name,
                version,
                domain,
                description,
                otherInputs,
                otherColumns,
                tags,
                by,
                at,
                region);
    }

    ObjectNode facts() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("name", name);
        facts.put("version", version);
        facts.put("domain", domain);
        description.ifPresent(text -> facts.put("description", text));
        ObjectNode all = facts.putObject("tags");
        tags.forEach(all::put);
        facts.put("by", by);
        facts.put("at", at.toString());
        return facts;
    }

    /// The event that registers it.
    ObjectNode event(EntityName job) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventTime", at.toString());
        event.put("producer", PRODUCER);
        event.put("schemaURL", SPEC + "#/$defs/JobEvent");
        ObjectNode described = event.putObject("job");
        described.put("namespace", job.namespace());
        described.put("name", job.name());
        ObjectNode facets = described.putObject("facets");
        ObjectNode own = facts();
        own.put("_producer", PRODUCER);
        own.put("_schemaURL", SPEC + "#/$defs/JobFacet");
        facets.set(FACET, own);
        ReadsFacet.put(facets, PRODUCER, List.of(), columns);
        ArrayNode datasets = event.putArray("inputs");
        products().forEach(product -> dataset(datasets, product));
        event.putArray("outputs");
        return event;
    }

    private static ObjectNode dataset(ArrayNode list, EntityName name) {
        ObjectNode dataset = list.addObject();
        dataset.put("namespace", name.namespace());
        dataset.put("name", name.name());
        return dataset;
    }

    /// Empty when the event registers no model.
    static Optional<Model> of(JsonNode event, String region) {
        JsonNode facts = event.path("job").path("facets").path(FACET);
        if (!facts.isObject()) {
            return Optional.empty();
        }
        List<ColumnName> columns = new ArrayList<>();
        for (JsonNode entry : event.path("job").path("facets").path("lineage").path("entries")) {
            for (JsonNode input : entry.path("inputs")) {
                columns.add(new ColumnName(name(input), input.path("field").asString("")));
            }
        }
        List<EntityName> whole = new ArrayList<>();
        for (JsonNode input : event.path("inputs")) {
            EntityName name = name(input);
            if (columns.stream().noneMatch(column -> column.dataset().equals(name))) {
                whole.add(name);
            }
        }
        return Optional.of(of(facts, whole, columns, region));
    }

    static Model of(
            JsonNode facts, List<EntityName> inputs, List<ColumnName> columns, String region) {
        Map<String, String> tags = new LinkedHashMap<>();
        facts.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        String description = facts.path("description").asString("");
        return new Model(
                facts.path("name").asString(""),
                facts.path("version").asString(""),
                facts.path("domain").asString(""),
                description.isEmpty() ? Optional.empty() : Optional.of(description),
                inputs,
                columns,
                tags,
                facts.path("by").asString(""),
                Instant.parse(facts.path("at").asString("1970-01-01T00:00:00Z")),
                region);
    }

    private static EntityName name(JsonNode dataset) {
        return new EntityName(
                dataset.path("namespace").asString(""), dataset.path("name").asString(""));
    }
}
