package dev.sheaf.registry;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;

import java.nio.charset.StandardCharsets;

/// The context type for what two regions tell each other and no third: its documents live in those
/// two regions only. Both compute the same name.
public final class PairType {
    private static final int DIGITS = 16;

    private PairType() {}

    /// `mesh.pair.` and a digest of the two regions' names, as their names may be too long for one.
    public static String name(RegionName one, RegionName other) {
        return "mesh.pair.p"
                + Sha256.of(both(one, other).getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, DIGITS);
    }

    /// The type of what one of two regions would like the other to apply.
    public static String proposals(RegionName one, RegionName other) {
        return name(one, other).replace("mesh.pair.", "mesh.proposal.");
    }

    /// Its declaration.
    public static String proposalsDeclaration(RegionName one, RegionName other) {
        return """
        # Manifests that one of two regions would like the other to apply. Applied by each node at its start.
        apiVersion: sheaf.dev/v1
        kind: ContextType
        name: %s
        domain: mesh
        description: Proposals between two regions, with what was decided on them.
        versions:
          - version: "1.0"
            schema:
              type: object
              required: [request, requestSignature]
              properties:
                request: {type: object}
                requestSignature: {type: string}
                outcome: {type: object}
                outcomeSignature: {type: string}
        fields:
          /request: {merge: register}
          /outcome: {merge: register}
        staleness: important
        ttl: 365d
        limits: {documentBytesMax: 32MiB}
        residency: {regions: [%s]}
        """
                .formatted(proposals(one, other), regions(one, other));
    }

    /// The two regions as a type's residency names them.
    public static String regions(RegionName one, RegionName other) {
        return both(one, other).replace(",", ", ");
    }

    private static String both(RegionName one, RegionName other) {
        return one.compareTo(other) < 0 ? one + "," + other : other + "," + one;
    }

    /// The type's declaration.
    public static String declaration(RegionName one, RegionName other) {
        return """
        # What two regions tell each other of their products and no third. Applied by each node at its start.
        apiVersion: sheaf.dev/v1
        kind: ContextType
        name: %s
        domain: mesh
        description: Signed manifests that only these two regions may know.
        """
                        .formatted(name(one, other))
                + MESH_DOCUMENT
                + "residency: {regions: ["
                + regions(one, other)
                + "]}\n";
    }

    /// The declaration of the documents that all regions may know.
    public static String declaration(ManifestKind kind) {
        return """
        # Signed manifests that all regions may know. Applied by each node at its start.
        apiVersion: sheaf.dev/v1
        kind: ContextType
        name: %s
        domain: mesh
        description: What home regions say, each manifest signed by its home.
        """
                        .formatted(kind.type())
                + MESH_DOCUMENT
                + "residency: {scope: mesh}\n";
    }

    /// A manifest is replaced as a whole: parts of two would have nobody's signature.
    private static final String MESH_DOCUMENT =
            """
            versions:
              - version: "1.0"
                schema:
                  type: object
                  required: [home, revision, manifest, signature]
                  properties:
                    home: {type: string}
                    revision: {type: integer}
                    manifest: {type: object}
                    signature: {type: string}
            fields:
              /manifest: {merge: register}
            staleness: important
            limits: {documentBytesMax: 32MiB}
            """;
}
