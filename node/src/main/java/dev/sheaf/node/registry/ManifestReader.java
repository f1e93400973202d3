package dev.sheaf.node.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.Manifest;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.SignedManifest;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Verifies the manifests of one type as they arrive and puts those that hold into the catalog.
/// What does not hold is a fault, and what was known before stays: a forged document takes nothing
/// away from the catalog. Documents of this region are not read but defended.
final class ManifestReader implements DocumentFollower.Reader {
    private final String type;
    private final MeshDocuments documents;
    private final Catalog catalog;
    private final FaultBook faults;
    private final BiConsumer<DocumentPlace, Optional<JsonNode>> changedByOthers;
    private final ConcurrentHashMap<String, SignedManifest> accepted = new ConcurrentHashMap<>();

    /// @param changedByOthers is told when another region writes a document of this one
    ManifestReader(
            String type,
            MeshDocuments documents,
            Catalog catalog,
            FaultBook faults,
            BiConsumer<DocumentPlace, Optional<JsonNode>> changedByOthers) {
        this.type = type;
        this.documents = documents;
        this.catalog = catalog;
        this.faults = faults;
        this.changedByOthers = changedByOthers;
    }

    @Override
    public Set<String> ids() {
        return Set.copyOf(accepted.keySet());
    }

    @Override
    public Set<String> unsettled() {
        return faults.of(type);
    }

    @Override
    public void take(String documentId, Optional<JsonNode> document, Optional<String> origin) {
        try {
            ManifestId id = ManifestId.parse(documentId);
            boolean isForeign =
                    origin.map(region -> !region.equals(id.home().toString())).orElse(false);
            if (id.home().equals(documents.own())) {
                if (isForeign) {
                    changedByOthers.accept(new DocumentPlace(type, id), document);
                }
            } else if (document.isPresent()) {
                put(documentId, document.get());
            } else if (isForeign) {
                throw new Problem(
                        ProblemCode.FORBIDDEN,
                        origin.orElse("another region")
                                + " has deleted it, and only its home "
                                + id.home()
                                + " may");
            } else {
                accepted.remove(documentId);
                catalog.remove(type, id);
                faults.remove(type, documentId);
            }
        } catch (Problem fault) {
            faults.add(type, documentId, fault.message());
        }
    }

    /// Takes all of a region out of the catalog that is in the mesh no more.
    void forget(RegionName region) {
        accepted.values()
                .removeIf(signed -> {
                    if (!signed.home().equals(region)) {
                        return false;
                    }
                    catalog.remove(type, signed.id());
                    return true;
                });
    }

    private void put(String documentId, JsonNode document) {
        SignedManifest signed = SignedManifest.read(type, documentId, document);
        SignedManifest before = accepted.get(documentId);
        if (before != null) {
            if (before.revision() == signed.revision()
                    && Arrays.equals(before.payload(), signed.payload())) {
                faults.remove(type, documentId);
                return;
            }
            requireLater(before, signed);
        }
        documents.requireNotFormer(signed.home());
        requirePlace(signed);
        documents.signatures().verify(signed.home(), signed.payload(), signed.signature());
        Manifest manifest = signed.manifest();
        accepted.put(documentId, signed);
        catalog.put(type, signed.id(), signed.revision(), manifest);
        faults.remove(type, documentId);
    }

    private static void requireLater(SignedManifest before, SignedManifest signed) {
        if (signed.revision() <= before.revision()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "it has the revision "
                            + signed.revision()
                            + ", and the revision "
                            + before.revision()
                            + " was here already");
        }
    }

    /// A type of the whole mesh holds manifests of one kind, that of a pair those of the two.
    private void requirePlace(SignedManifest signed) {
        RegionName home = signed.home();
        boolean isOfPair = documents.peers().contains(home) && documents.pair(home).equals(type);
        if (!isOfPair && !signed.id().kind().type().equals(type)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a manifest of " + home + " has no place in " + type);
        }
    }
}
