package dev.sheaf.node.registry;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.ManifestJson;
import dev.sheaf.registry.Reduction;

import tools.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Who may know of something, and with that in which documents its manifests stand. Immutable.
///
/// @param exports by region, each of the mesh but this one
/// @param isForAll whether it stands in the types of the whole mesh; whoever joins later reads it
///   too
record Readers(Map<RegionName, Export> exports, boolean isForAll) {
    /// Nobody but this region.
    static final Readers NOBODY = new Readers(Map.of(), false);

    /// All that are in the mesh, now and later.
    static final Readers ALL = new Readers(Map.of(), true);

    Readers {
        exports = Map.copyOf(exports);
    }

    /// Of a product.
    ///
    /// @param isNamed whether its owner names the regions, so that none is added by itself
    static Readers of(Map<RegionName, Export> exports, boolean isNamed) {
        return new Readers(
                exports,
                !isNamed && exports.values().stream().allMatch(each -> each == Export.FULL));
    }

    /// Of what belongs to several things: whoever may know of one of them.
    static Readers ofAny(Collection<Readers> several) {
        Map<RegionName, Export> exports = new TreeMap<>();
        for (Readers each : several) {
            each.exports.forEach((region, export) -> {
                if (export != Export.NONE) {
                    exports.put(region, Export.FULL);
                }
            });
        }
        return new Readers(exports, several.stream().anyMatch(Readers::isForAll));
    }

    /// The documents that manifests stand in, and what stands there.
    Map<DocumentPlace, JsonNode> documents(
            Collection<? extends Manifest> manifests, MeshDocuments documents) {
        Map<DocumentPlace, JsonNode> wanted = new HashMap<>();
        for (Manifest manifest : manifests) {
            ManifestId id = new ManifestId(manifest.kind(), manifest.subject(), documents.own());
            if (isForAll) {
                wanted.put(
                        new DocumentPlace(manifest.kind().type(), id),
                        ManifestJson.write(manifest));
                continue;
            }
            exports.forEach((region, export) -> {
                DocumentPlace place = new DocumentPlace(documents.pair(region), id);
                switch (export) {
                    case NONE -> {}
                    case REDUCED -> wanted.put(place, ManifestJson.write(Reduction.of(manifest)));
                    case FULL -> wanted.put(place, ManifestJson.write(manifest));
                }
            });
        }
        return wanted;
    }
}
