package dev.sheaf.node.lineage;

import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.context.LocalDocuments;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.lineage.HeardLineage.Place;
import dev.sheaf.registry.CanonicalJson;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this region has told others of lineage: documents are written when they say something else
/// than before, and deleted when there is nothing to say. For one thread at a time.
final class ToldLineage {
    private static final Logger LOG = LoggerFactory.getLogger(ToldLineage.class);

    private final LocalDocuments local;
    private final NodeSignatures signatures;
    private final RegionName own;

    /// By the beginning of the ids, which all documents of an owner share.
    private final Map<String, Map<Place, Written>> told = new HashMap<>();

    /// @param digest empty for what has to be written anew
    private record Written(long revision, Optional<Sha256> digest) {}

    ToldLineage(ContextService documents, NodeSignatures signatures, RegionName own) {
        this.local = new LocalDocuments(documents);
        this.signatures = signatures;
        this.own = own;
    }

    LocalDocuments local() {
        return local;
    }

    /// Reads what was told before the node started.
    void load(List<String> types) {
        for (String type : types) {
            for (String id : local.ids(type)) {
                local.read(type, id).ifPresent(document -> load(new Place(type, id), document));
            }
        }
    }

    private void load(Place place, JsonNode document) {
        try {
            if (!LineageDocument.home(place.id()).equals(own)) {
                return;
            }
        } catch (Problem foreign) {
            LOG.debug("{} is nobody's: {}", place, foreign.message());
            return;
        }
        long revision = document.path("revision").asLong(0);
        JsonNode body = document.path("body");
        Optional<Sha256> digest;
        try {
            signatures.verify(
                    own,
                    LineageDocument.payload(place.type(), place.id(), revision, body),
                    document.path("signature").asString(""));
            digest = Optional.of(digest(body));
        } catch (Problem altered) {
            LOG.warn("{} is told anew: {}", place, altered.message());
            digest = Optional.empty();
        }
        put(place, new Written(revision, digest));
    }

    private static Sha256 digest(JsonNode body) {
        return Sha256.of(CanonicalJson.bytes(body));
    }

    private static String prefix(String id) {
        return id.substring(0, id.lastIndexOf('/') + 1);
    }

    private void put(Place place, Written written) {
        told.computeIfAbsent(prefix(place.id()), any -> new HashMap<>()).put(place, written);
    }

    /// Beginnings of ids of which there are documents.
    Set<String> prefixes() {
        return Set.copyOf(told.keySet());
    }

    /// Somebody else has changed it: it is told anew next time.
    void altered(Place place) {
        long revision =
                local.read(place.type(), place.id())
                        .map(document -> document.path("revision").asLong(0))
                        .orElse(0L);
        Map<Place, Written> known = told.getOrDefault(prefix(place.id()), Map.of());
        Written before = known.get(place);
        put(
                place,
                new Written(
                        Math.max(revision, before == null ? 0 : before.revision()),
                        Optional.empty()));
    }

    /// Makes the documents whose ids begin so equal to what is wanted.
    void make(String prefix, Map<Place, ObjectNode> wanted) {
        wanted.forEach(this::tell);
        Map<Place, Written> known = told.getOrDefault(prefix, Map.of());
        for (Place place : new HashSet<>(known.keySet())) {
            if (!wanted.containsKey(place)) {
                write(place, new Change.Delete());
                known.remove(place);
            }
        }
        if (known.isEmpty()) {
            told.remove(prefix);
        }
    }

    private void tell(Place place, ObjectNode body) {
        Sha256 digest = digest(body);
        Written before = told.getOrDefault(prefix(place.id()), Map.of()).get(place);
        if (before != null && before.digest().equals(Optional.of(digest))) {
            return;
        }
        // A document that was deleted and comes back must not be older than what others remember.
        long revision = Math.max(before == null ? 0 : before.revision(), remembered(place)) + 1;
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("home", own.toString());
        document.put("revision", revision);
        document.set("body", body);
        document.put(
                "signature",
                signatures.sign(LineageDocument.payload(place.type(), place.id(), revision, body)));
        write(place, new Change.State(document));
        put(place, new Written(revision, Optional.of(digest)));
    }

    private long remembered(Place place) {
        return local.read(place.type(), place.id())
                .map(document -> document.path("revision").asLong(0))
                .orElse(0L);
    }

    private void write(Place place, Change change) {
        local.write(place.type(), place.id(), change, own);
    }
}
