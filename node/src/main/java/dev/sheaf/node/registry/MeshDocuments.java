package dev.sheaf.node.registry;

import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.LocalDocuments;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.ManifestKind;
import dev.sheaf.registry.PairType;
import dev.sheaf.registry.SignedManifest;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Signed manifests in the context engine: the types of the whole mesh, and one of each pair of
/// this region and another. For any thread.
final class MeshDocuments {
    private final ContextRuntime documents;
    private final LocalDocuments local;
    private final NodeSignatures signatures;
    private final RegionName own;
    private final Set<RegionName> peers = new ConcurrentSkipListSet<>();
    private final Set<RegionName> former = new ConcurrentSkipListSet<>();

    private MeshDocuments(ContextRuntime documents, NodeSignatures signatures, RegionName own) {
        this.documents = documents;
        this.local = new LocalDocuments(documents);
        this.signatures = signatures;
        this.own = own;
    }

    /// Declares all types.
    ///
    /// @param peers the other regions of the mesh
    static MeshDocuments open(
            ContextRuntime runtime,
            NodeSignatures signatures,
            RegionName own,
            Set<RegionName> peers) {
        for (ManifestKind kind : ManifestKind.values()) {
            runtime.applyTypeOfTheMesh(PairType.declaration(kind), kind.type());
        }
        MeshDocuments documents = new MeshDocuments(runtime, signatures, own);
        peers.forEach(documents::welcome);
        return documents;
    }

    /// The region is in the mesh: the types of the pair are declared.
    ///
    /// @return false when that was known
    boolean welcome(RegionName peer) {
        documents.applyTypeOfTheMesh(PairType.declaration(own, peer), pair(peer));
        documents.applyTypeOfTheMesh(PairType.proposalsDeclaration(own, peer), proposals(peer));
        former.remove(peer);
        return peers.add(peer);
    }

    /// The region is in the mesh no more: what it wrote counts no more.
    ///
    /// @return false when that was known
    boolean dismiss(RegionName region) {
        return peers.remove(region) | former.add(region);
    }

    /// @throws Problem FORBIDDEN when the region was in the mesh, and is no more
    void requireNotFormer(RegionName region) {
        if (former.contains(region)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    region
                            + " is no member of the mesh any more, and what it wrote counts no"
                            + " more");
        }
    }

    RegionName own() {
        return own;
    }

    /// The other regions of the mesh, as they are now.
    Set<RegionName> peers() {
        return Collections.unmodifiableSet(peers);
    }

    /// All of them, as they are here.
    LocalDocuments local() {
        return local;
    }

    NodeSignatures signatures() {
        return signatures;
    }

    /// All types with manifests in them.
    List<String> types() {
        List<String> types = new ArrayList<>();
        for (ManifestKind kind : ManifestKind.values()) {
            types.add(kind.type());
        }
        peers.forEach(peer -> types.add(pair(peer)));
        return types;
    }

    /// The type of what this region and another tell each other.
    String pair(RegionName peer) {
        return PairType.name(own, peer);
    }

    /// The type of proposals between this region and another.
    String proposals(RegionName peer) {
        return PairType.proposals(own, peer);
    }

    /// Signs a manifest of this region and writes it.
    void write(DocumentPlace place, long revision, JsonNode manifest) {
        ManifestId id = place.id();
        String signature =
                signatures.sign(SignedManifest.payload(place.type(), id, revision, manifest));
        change(
                place,
                new Change.State(
                        new SignedManifest(place.type(), id, revision, manifest, signature)
                                .document()));
    }

    void delete(DocumentPlace place) {
        change(place, new Change.Delete());
    }

    private void change(DocumentPlace place, Change change) {
        write(place.type(), place.id().toString(), change);
    }

    /// Writes a document that is no manifest.
    void write(String type, String id, JsonNode document) {
        write(type, id, new Change.State(document));
    }

    private void write(String type, String id, Change change) {
        local.write(type, id, change, own);
    }
}
