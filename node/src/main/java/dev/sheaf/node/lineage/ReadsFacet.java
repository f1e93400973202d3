package dev.sheaf.node.lineage;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.EntityName;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;

/// Says in an event what its job reads without making anything of it that has a name: OpenLineage's
/// `lineage` facet of a job, with an entry whose target is the job itself.
final class ReadsFacet {
    private static final String SCHEMA =
            "https://openlineage.io/spec/facets/1-0-0/LineageFacet.json";

    private ReadsFacet() {}

    /// @param facets of the job
    /// @param wholes datasets of which any column may be read
    static void put(
            ObjectNode facets,
            String producer,
            Collection<EntityName> wholes,
            Collection<ColumnName> columns) {
        ObjectNode lineage = facets.putObject("lineage");
        lineage.put("_producer", producer);
        lineage.put("_schemaURL", SCHEMA);
        ObjectNode entry = lineage.putArray("entries").addObject();
        entry.put("type", "JOB");
        ArrayNode inputs = entry.putArray("inputs");
        wholes.forEach(dataset -> input(inputs, dataset));
        columns.forEach(column -> input(inputs, column.dataset()).put("field", column.column()));
    }

    private static ObjectNode input(ArrayNode inputs, EntityName dataset) {
        ObjectNode input = inputs.addObject();
        input.put("namespace", dataset.namespace());
        input.put("name", dataset.name());
        input.put("type", "DATASET");
        return input;
    }
}
