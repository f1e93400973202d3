package dev.sheaf.node.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.registry.CanonicalJson;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.SignedManifest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What this region's documents hold now, as far as this node has written or read them: a digest
/// and a revision each. For one thread at a time.
final class WrittenManifests {
    private static final Logger LOG = LoggerFactory.getLogger(WrittenManifests.class);

    /// @param digest of the manifest; empty when it is not this node's own writing, so that it is
    ///   written anew
    private record Written(long revision, Optional<Sha256> digest) {}

    private final MeshDocuments documents;

    /// By what belongs together: a product's, the domains', the policies'.
    private final Map<String, Map<DocumentPlace, Written>> groups = new HashMap<>();

    WrittenManifests(MeshDocuments documents) {
        this.documents = documents;
    }

    /// What belongs together and is compared at once.
    static String group(ManifestId id) {
        return switch (id.kind()) {
            case DOMAIN -> "";
            case POLICY -> "/";
            case PRODUCT, LINEAGE -> id.subject();
            case CONTRACT, RELEASE -> id.subject().substring(0, id.subject().indexOf('/'));
        };
    }

    /// Reads what is there from an earlier run.
    void load() {
        for (String type : documents.types()) {
            for (String id : documents.local().ids(type)) {
                documents.local().read(type, id).ifPresent(document -> take(type, id, document));
            }
        }
    }

    private void take(String type, String documentId, JsonNode document) {
        try {
            ManifestId id = ManifestId.parse(documentId);
            if (id.home().equals(documents.own())) {
                put(new DocumentPlace(type, id), read(type, documentId, document));
            }
        } catch (Problem foreign) {
            LOG.debug("{} {} is no manifest: {}", type, documentId, foreign.message());
        }
    }

    /// Whatever does not bear this node's signature is to be written anew.
    private Written read(String type, String documentId, JsonNode document) {
        long revision = Math.max(0, document.path("revision").asLong(0));
        try {
            SignedManifest found = SignedManifest.read(type, documentId, document);
            documents.signatures().verify(documents.own(), found.payload(), found.signature());
            return new Written(found.revision(), Optional.of(digest(found.json())));
        } catch (Problem altered) {
            LOG.warn("{} {} is written anew: {}", type, documentId, altered.message());
            return new Written(revision, Optional.empty());
        }
    }

    private static Sha256 digest(JsonNode manifest) {
        return Sha256.of(CanonicalJson.bytes(manifest));
    }

    private void put(DocumentPlace place, Written written) {
        groups.computeIfAbsent(group(place.id()), any -> new HashMap<>()).put(place, written);
    }

    /// Somebody else has changed a document of this region: it is written anew when it is compared
    /// next, with a revision above both.
    void changedByOthers(DocumentPlace place, Optional<JsonNode> document) {
        long told = document.map(each -> each.path("revision").asLong(0)).orElse(0L);
        Written known =
                groups.getOrDefault(group(place.id()), Map.of())
                        .getOrDefault(place, new Written(0, Optional.empty()));
        put(place, new Written(Math.max(known.revision(), told), Optional.empty()));
    }

    /// Groups of which there is a document.
    java.util.Set<String> groups() {
        return java.util.Set.copyOf(groups.keySet());
    }

    /// Makes the documents of a group equal to what is wanted. What is new is written before what
    /// is superfluous is deleted, so a manifest that moves is never nowhere.
    void make(String group, Map<DocumentPlace, JsonNode> wanted) {
        Map<DocumentPlace, Written> before = new HashMap<>(groups.getOrDefault(group, Map.of()));
        wanted.forEach((place, manifest) -> write(place, manifest, before));
        before.keySet().stream()
                .filter(place -> !wanted.containsKey(place))
                .forEach(place -> {
                    documents.delete(place);
                    forget(group, place);
                });
    }

    private void write(DocumentPlace place, JsonNode manifest, Map<DocumentPlace, Written> before) {
        Sha256 digest = digest(manifest);
        Written known = before.get(place);
        if (known != null && known.digest().equals(Optional.of(digest))) {
            return;
        }
        // A manifest that moves to another document goes on counting.
        long revision =
                1
                        + before.entrySet().stream()
                                .filter(each -> each.getKey().id().equals(place.id()))
                                .mapToLong(each -> each.getValue().revision())
                                .max()
                                .orElse(0);
        documents.write(place, revision, manifest);
        put(place, new Written(revision, Optional.of(digest)));
    }

    private void forget(String group, DocumentPlace place) {
        Map<DocumentPlace, Written> left = groups.get(group);
        if (left != null) {
            left.remove(place);
            if (left.isEmpty()) {
                groups.remove(group);
            }
        }
    }
}
