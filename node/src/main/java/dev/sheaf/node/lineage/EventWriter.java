package dev.sheaf.node.lineage;

import dev.sheaf.client.Wire;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.RunState;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Writes OpenLineage run events of this node's own work. For one event.
final class EventWriter {
    private static final String PRODUCER = "https://sheaf.dev/node";
    private static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
    private static final String FACETS = "https://openlineage.io/spec/facets/";

    private final ObjectNode event = JsonNodeFactory.instance.objectNode();
    private final ObjectNode runFacets;
    private final Map<EntityName, ObjectNode> outputs = new HashMap<>();

    /// @param run any text; OpenLineage's UUID is made from it
    EventWriter(Instant time, RunState state, String run, EntityName job, Edges edges) {
        event.put("eventTime", time.toString());
        event.put("eventType", state.name());
        event.put("producer", PRODUCER);
        event.put("schemaURL", SPEC + "#/$defs/RunEvent");
        ObjectNode described = event.putObject("run");
        described.put("runId", uuid(run));
        runFacets = described.putObject("facets");
        facet(runFacets, "sheafRun", SPEC + "#/$defs/RunFacet").put("run", run);
        ObjectNode named = event.putObject("job");
        named.put("namespace", job.namespace());
        named.put("name", job.name());
        ArrayNode inputs = event.putArray("inputs");
        edges.inputs().forEach(dataset -> dataset(inputs, dataset));
        ArrayNode written = event.putArray("outputs");
        edges.outputs()
                .forEach(dataset -> {
                    ObjectNode output = dataset(written, dataset);
                    output.putObject("facets");
                    outputs.put(dataset, output);
                });
        columns(edges);
        reads(named, edges);
    }

    private static void reads(ObjectNode job, Edges edges) {
        if (edges.reads().isEmpty()) {
            return;
        }
        Set<EntityName> wholes = new LinkedHashSet<>(edges.inputs());
        edges.reads().forEach(column -> wholes.remove(column.dataset()));
        ReadsFacet.put(job.putObject("facets"), PRODUCER, wholes, edges.reads());
    }

    private static String uuid(String run) {
        return UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static ObjectNode dataset(ArrayNode list, EntityName name) {
        ObjectNode dataset = list.addObject();
        dataset.put("namespace", name.namespace());
        dataset.put("name", name.name());
        return dataset;
    }

    private static ObjectNode facet(ObjectNode facets, String name, String schema) {
        ObjectNode facet = facets.putObject(name);
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", schema);
        return facet;
    }

    private void columns(Edges edges) {
        Map<EntityName, ObjectNode> lineages = new HashMap<>();
        Map<EntityName, ObjectNode> fields = new HashMap<>();
        for (EntityName output : edges.described()) {
            ObjectNode lineage =
                    outputFacet(output, "columnLineage", "1-2-0/ColumnLineageDatasetFacet.json");
            lineages.put(output, lineage);
            fields.put(output, lineage.putObject("fields"));
        }
        for (Edges.ColumnEdge edge : edges.columns()) {
            ObjectNode all = fields.get(edge.to().dataset());
            if (all == null) {
                continue;
            }
            ObjectNode field = all.withObjectProperty(edge.to().column());
            column(field.withArrayProperty("inputFields"), edge.from(), edge.how());
        }
        for (Edges.WholeEdge edge : edges.wholes()) {
            ObjectNode lineage = lineages.get(edge.to());
            if (lineage != null) {
                column(lineage.withArrayProperty("dataset"), edge.from(), edge.how());
            }
        }
    }

    private static void column(ArrayNode list, ColumnName column, String way) {
        ObjectNode from = dataset(list, column.dataset());
        from.put("field", column.column());
        if (!way.isEmpty()) {
            String[] how = way.split("/", 2);
            ObjectNode transformation = from.putArray("transformations").addObject();
            transformation.put("type", how[0]);
            transformation.put("subtype", how.length > 1 ? how[1] : "");
        }
    }

    /// A facet of an output.
    ///
    /// @param schema below the spec's facets
    ObjectNode outputFacet(EntityName output, String name, String schema) {
        ObjectNode dataset = java.util.Objects.requireNonNull(outputs.get(output));
        return facet((ObjectNode) dataset.get("facets"), name, FACETS + schema);
    }

    /// A facet of what an output is this time.
    ObjectNode writtenFacet(EntityName output, String name, String schema) {
        ObjectNode dataset = java.util.Objects.requireNonNull(outputs.get(output));
        return facet(dataset.withObjectProperty("outputFacets"), name, FACETS + schema);
    }

    ObjectNode runFacet(String name, String schema) {
        return facet(runFacets, name, FACETS + schema);
    }

    byte[] text() {
        return Wire.json().writeValueAsBytes(event);
    }
}
