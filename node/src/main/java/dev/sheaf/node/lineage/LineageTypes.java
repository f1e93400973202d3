package dev.sheaf.node.lineage;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.PairType;

/// The context types of what regions tell each other of lineage: one that all read, and one for
/// each pair of regions, for what names something that not all may know.
final class LineageTypes {
    /// For all regions.
    static final String ALL = "mesh.edges";

    private LineageTypes() {}

    /// For two regions.
    static String pair(RegionName one, RegionName other) {
        return PairType.name(one, other).replace("mesh.pair.", "mesh.edges.");
    }

    static String declaration() {
        return declaration(ALL, "scope: mesh");
    }

    static String declaration(RegionName one, RegionName other) {
        return declaration(pair(one, other), "regions: [" + PairType.regions(one, other) + "]");
    }

    private static String declaration(String name, String residency) {
        return """
        # What a region knows of lineage, signed by it. Applied by each node at its start.
        apiVersion: sheaf.dev/v1
        kind: ContextType
        name: %s
        domain: mesh
        description: What jobs, models and consumers read and write.
        versions:
          - version: "1.0"
            schema:
              type: object
              required: [home, revision, body, signature]
              properties:
                home: {type: string}
                revision: {type: integer}
                body: {type: object}
                signature: {type: string}
        fields:
          /body: {merge: register}
        staleness: important
        limits: {documentBytesMax: 32MiB}
        residency: {%s}
        """
                .formatted(name, residency);
    }
}
