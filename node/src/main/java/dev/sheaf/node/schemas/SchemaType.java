package dev.sheaf.node.schemas;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.registry.PairType;

import java.nio.charset.StandardCharsets;

/// The context types that entries stand in: one of this region alone, which has all of its own; one
/// of the whole mesh; one for each pair of regions, for what no third may know.
final class SchemaType {
    static final String MESH = "mesh.schema";
    private static final int DIGITS = 16;

    private SchemaType() {}

    static String own(RegionName region) {
        return "mesh.schema.own.r"
                + Sha256.of(region.toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, DIGITS);
    }

    static String pair(RegionName one, RegionName other) {
        return PairType.name(one, other).replace("mesh.pair.", "mesh.schema.pair.");
    }

    static String declareOwn(RegionName region) {
        return declaration(own(region), "{regions: [" + region + "]}");
    }

    static String declareMesh() {
        return declaration(MESH, "{scope: mesh}");
    }

    static String declarePair(RegionName one, RegionName other) {
        return declaration(pair(one, other), "{regions: [" + PairType.regions(one, other) + "]}");
    }

    /// An entry is replaced as a whole: parts of two would have nobody's signature.
    private static String declaration(String name, String residency) {
        return """
        # Signed entries of the schema registry. Applied by each node at its start.
        apiVersion: sheaf.dev/v1
        kind: ContextType
        name: %s
        domain: mesh
        description: What home regions say of their schemas, each entry signed by its home.
        versions:
          - version: "1.0"
            schema:
              type: object
              required: [home, revision, entry, signature]
              properties:
                home: {type: string}
                revision: {type: integer}
                entry: {type: object}
                signature: {type: string}
        fields:
          /entry: {merge: register}
        staleness: important
        ttl: 36500d
        limits: {documentBytesMax: 4MiB}
        residency: %s
        """
                .formatted(name, residency);
    }
}
