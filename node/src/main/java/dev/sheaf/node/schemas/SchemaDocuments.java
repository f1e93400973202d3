package dev.sheaf.node.schemas;

import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.LocalDocuments;
import dev.sheaf.node.identity.NodeSignatures;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Entries in the context engine. For any thread.
final class SchemaDocuments {
    private final ContextRuntime runtime;
    private final LocalDocuments local;
    private final NodeSignatures signatures;
    private final RegionName own;
    private final Set<RegionName> peers = new ConcurrentSkipListSet<>();

    /// Declares the types.
    SchemaDocuments(
            ContextRuntime runtime,
            NodeSignatures signatures,
            RegionName own,
            Set<RegionName> peers) {
        this.runtime = runtime;
        this.local = new LocalDocuments(runtime);
        this.signatures = signatures;
        this.own = own;
        runtime.applyTypeOfTheMesh(SchemaType.declareOwn(own), "schemas");
        runtime.applyTypeOfTheMesh(SchemaType.declareMesh(), "schemas");
        peers.forEach(this::welcome);
    }

    /// The region is in the mesh.
    ///
    /// @return false when that was known
    boolean welcome(RegionName peer) {
        runtime.applyTypeOfTheMesh(SchemaType.declarePair(own, peer), "schemas");
        return peers.add(peer);
    }

    RegionName own() {
        return own;
    }

    /// The other regions, as they are now.
    Set<RegionName> peers() {
        return Collections.unmodifiableSet(peers);
    }

    LocalDocuments local() {
        return local;
    }

    /// Types in which others find this region's entries, and it finds theirs.
    List<String> shared() {
        List<String> types = new ArrayList<>(List.of(SchemaType.MESH));
        peers.forEach(peer -> types.add(SchemaType.pair(own, peer)));
        return types;
    }

    /// Whether entries of a region have a place in a type.
    boolean isPlace(String type, RegionName home) {
        return type.equals(SchemaType.MESH)
                || (peers.contains(home) && type.equals(SchemaType.pair(own, home)));
    }

    void verify(String type, String key, SignedEntry entry) {
        signatures.verify(
                entry.home(),
                SignedEntry.payload(type, key, entry.home(), entry.revision(), entry.json()),
                entry.signature());
    }

    /// Returns when it is durable.
    void write(String type, String key, long revision, JsonNode entry) {
        String signature = signatures.sign(SignedEntry.payload(type, key, own, revision, entry));
        change(
                type,
                key,
                new Change.State(new SignedEntry(own, revision, entry, signature).document()));
    }

    void delete(String type, String key) {
        change(type, key, new Change.Delete());
    }

    private void change(String type, String key, Change change) {
        local.write(type, SignedEntry.id(key, own), change, own);
    }
}
