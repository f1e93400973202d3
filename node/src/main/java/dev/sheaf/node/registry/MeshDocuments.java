package dev.sheaf.node.registry;

import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.LocalDocuments;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.ManifestKind;
import dev.sheaf.registry.PairType;
import dev.sheaf.registry.SignedManifest;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Signed manifests in the context engine: the types of the whole mesh, and one of each pair of
/// this region and another. For any thread.
final class MeshDocuments {
    private final ContextService documents;
    private final LocalDocuments local;
    private final NodeSignatures signatures;
    private final RegionName own;
    private final Set<RegionName> peers;

    private MeshDocuments(
            ContextService documents,
            NodeSignatures signatures,
            RegionName own,
            Set<RegionName> peers) {
        this.documents = documents;
        this.local = new LocalDocuments(documents);
        this.signatures = signatures;
        this.own = own;
        this.peers = peers;
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
        for (RegionName peer : peers) {
            runtime.applyTypeOfTheMesh(PairType.declaration(own, peer), PairType.name(own, peer));
            runtime.applyTypeOfTheMesh(
                    PairType.proposalsDeclaration(own, peer), PairType.proposals(own, peer));
        }
        return new MeshDocuments(runtime, signatures, own, new TreeSet<>(peers));
    }

    RegionName own() {
        return own;
    }

    Set<RegionName> peers() {
        return peers;
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
        documents.write(
                new WriteRequest(
                        new DocumentKey(type, id),
                        change,
                        UUID.randomUUID().toString(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        "node/" + own,
                        Optional.empty()));
    }
}
